package dev.allsquare.inventory.domain;

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

/** The reservations, as rows. */
@Repository
public class Reservations {

  private static final String LOCK =
      "select * from reservation where order_id = any(:orders) order by order_id"
          + " for no key update";

  private final EntityManager entities;

  Reservations(EntityManager entities) {
    this.entities = entities;
  }

  /** The reservations of these orders, locked in the order of their ids. */
  public Map<UUID, Reservation> locked(Collection<UUID> orders) {
    return entities
        .unwrap(Session.class)
        .createNativeQuery(LOCK, Reservation.class)
        .setParameter("orders", orders.toArray(UUID[]::new))
        .getResultStream()
        .collect(toMap(Reservation::orderId, identity()));
  }

  /** The order's reservation. */
  public Optional<Reservation> find(UUID order) {
    return Optional.ofNullable(entities.find(Reservation.class, order));
  }

  /** Adds new reservations and writes whatever else this transaction changed, in one batch. */
  public void write(Collection<Reservation> added) {
    added.forEach(entities::persist);
    entities.flush();
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
