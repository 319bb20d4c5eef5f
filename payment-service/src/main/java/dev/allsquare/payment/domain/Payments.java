package dev.allsquare.payment.domain;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.springframework.stereotype.Repository;

/** The payments, as rows. */
@Repository
public class Payments {

  private static final String LOCK =
      "select * from payment where order_id = any(:orders) order by order_id for no key update";

  private final EntityManager entities;

  Payments(EntityManager entities) {
    this.entities = entities;
  }

  /** The payments of these orders, by order, locked in the order of the orders' ids. */
  public Map<UUID, Payment> locked(Collection<UUID> orders) {
    return entities
        .unwrap(Session.class)
        .createNativeQuery(LOCK, Payment.class)
        .setParameter("orders", orders.toArray(UUID[]::new))
        .getResultStream()
        .collect(toMap(Payment::orderId, identity()));
  }

  /** Adds new payments and writes whatever else this transaction changed, in one batch each. */
  public void write(Collection<Payment> added) {
    added.forEach(entities::persist);
    entities.flush();
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
