package dev.allsquare.inventory.domain;

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

/** The reservations, as rows. */
@Repository
public class Reservations {

  private static final String LOCK =
      "select * from reservation where order_id = any(:orders) order by order_id"
          + " for no key update";

  private static final String WRITE =
      """
      update reservation set state = r.state, updated_at = r.updated_at, version = version + 1
        from unnest(cast(? as uuid[]), ?, cast(? as timestamptz[])) as r (id, state, updated_at)
       where order_id = any(cast(? as uuid[])) and order_id = r.id
      """;

  private final EntityManager entities;
  private final JdbcClient jdbc;

  Reservations(EntityManager entities, JdbcClient jdbc) {
    this.entities = entities;
    this.jdbc = jdbc;
  }

  /**
   * The reservations of these orders, locked in the order of their ids. Who changes one then calls
   * {@link #write}: Hibernate keeps no copy of them, and so notices no change.
   */
  public Map<UUID, Reservation> locked(Collection<UUID> orders) {
    return entities
        .unwrap(Session.class)
        .createNativeQuery(LOCK, Reservation.class)
        .setParameter("orders", orders.toArray(UUID[]::new))
        .setReadOnly(true)
        .getResultStream()
        .collect(toMap(Reservation::orderId, identity()));
  }

  /** The order's reservation. */
  public Optional<Reservation> find(UUID order) {
    return Optional.ofNullable(entities.find(Reservation.class, order));
  }

  /** Adds new reservations, in one batch. */
  public void add(Collection<Reservation> added) {
    added.forEach(entities::persist);
    entities.flush();
  }

  /** Writes locked reservations, each once, in one statement. */
  public void write(List<Reservation> locked) {
    if (!locked.isEmpty()) {
      var orders = column(locked, reservation -> reservation.orderId().toString());
      int written =
          jdbc.sql(WRITE)
              .params(
                  orders,
                  column(locked, reservation -> reservation.state().name()),
                  column(locked, reservation -> reservation.updatedAt().toString()),
                  orders)
              .update();
      if (written != locked.size()) {
        throw new OptimisticLockingFailureException(
            "only " + written + " of " + locked.size() + " reservations were there to be written");
      }
    }
  }

  private static String[] column(List<Reservation> rows, Function<Reservation, String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  /** The reservations of the orders behind this one, in the order of their ids. */
  public List<Reservation> behind(UUID order, int limit) {
    return entities
        .createQuery("from Reservation where orderId > :order order by orderId", Reservation.class)
        .setParameter("order", order)
        .setMaxResults(limit)
        .getResultList();
  }
}
