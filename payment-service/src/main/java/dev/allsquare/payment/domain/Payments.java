package dev.allsquare.payment.domain;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The payments, as rows. */
@Repository
public class Payments {

  private static final String LOCK =
      "select * from payment where order_id = any(:orders) order by order_id for no key update";

  private static final String WRITE =
      """
      update payment
         set state = p.state, changes = p.changes, updated_at = p.updated_at, version = version + 1
        from unnest(cast(? as uuid[]), ?, ?, cast(? as timestamptz[]))
             as p (of_order, state, changes, updated_at)
       where order_id = any(cast(? as uuid[])) and order_id = p.of_order
      """;

  private final EntityManager entities;
  private final JdbcClient jdbc;

  Payments(EntityManager entities, JdbcClient jdbc) {
    this.entities = entities;
    this.jdbc = jdbc;
  }

  /**
   * The payments of these orders, by order, locked in the order of the orders' ids. Who changes one
   * then calls {@link #write}: Hibernate keeps no copy of them, and so notices no change.
   */
  public Map<UUID, Payment> locked(Collection<UUID> orders) {
    return entities
        .unwrap(Session.class)
        .createNativeQuery(LOCK, Payment.class)
        .setParameter("orders", orders.toArray(UUID[]::new))
        .setReadOnly(true)
        .getResultStream()
        .collect(toMap(Payment::orderId, identity()));
  }

  /** Adds new payments, in one batch. */
  public void add(Collection<Payment> added) {
    added.forEach(entities::persist);
    entities.flush();
  }

  /** Writes locked payments, each once, in one statement. */
  public void write(List<Payment> locked) {
    if (!locked.isEmpty()) {
      var orders = column(locked, payment -> payment.orderId().toString());
      int written =
          jdbc.sql(WRITE)
              .params(
                  orders,
                  column(locked, payment -> payment.state().name()),
                  locked.stream().map(Payment::changes).toArray(Long[]::new),
                  column(locked, payment -> payment.updatedAt().toString()),
                  orders)
              .update();
      if (written != locked.size()) {
        throw new OptimisticLockingFailureException(
            "only " + written + " of " + locked.size() + " payments were there to be written");
      }
    }
  }

  private static String[] column(List<Payment> rows, Function<Payment, String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  /** The payment of this id. */
  public Optional<Payment> find(UUID id) {
    return Optional.ofNullable(entities.find(Payment.class, id));
  }

  /** The order's payment. */
  public Optional<Payment> ofOrder(UUID order) {
    return entities
        .createQuery("from Payment where orderId = :order", Payment.class)
        .setParameter("order", order)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** The payments of the orders behind this one, in the order of the orders' ids. */
  public List<Payment> behind(UUID order, int limit) {
    return entities
        .createQuery("from Payment where orderId > :order order by orderId", Payment.class)
        .setParameter("order", order)
        .setMaxResults(limit)
        .getResultList();
  }
}
