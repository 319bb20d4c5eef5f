package dev.allsquare.order.domain;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** All orders. What changes one here also writes its history and tells {@link OrdersChanged}. */
@Component
public class OrderBook {

  /** What decides how an order can be cancelled, read without a lock. */
  public record Standing(OrderStatus status, UUID sagaId) {}

  /**
   * Which orders a list shows; {@code null} means all.
   *
   * @param before only orders older than this one
   */
  public record Filter(
      @Nullable String customerId, @Nullable OrderStatus status, @Nullable UUID before) {}

  private static final String LOCK =
      "select * from orders where id = any(:ids) order by id for update";

  private static final String WRITE =
      """
      update orders
         set status = o.status, reason = o.reason, saga_id = o.saga, updated_at = o.updated_at,
             version = o.version, revision = revision + 1
        from unnest(cast(? as uuid[]), ?, ?, cast(? as uuid[]), cast(? as timestamptz[]), ?)
             as o (order_id, status, reason, saga, updated_at, version)
       where id = any(cast(? as uuid[])) and id = o.order_id
      """;

  private final EntityManager entities;
  private final JdbcClient jdbc;
  private final OrderHistory history;
  private final ApplicationEventPublisher publisher;

  OrderBook(
      EntityManager entities,
      JdbcClient jdbc,
      OrderHistory history,
      ApplicationEventPublisher publisher) {
    this.entities = entities;
    this.jdbc = jdbc;
    this.history = history;
    this.publisher = publisher;
  }

  /** The order as it is now, without a lock. */
  public Optional<Order> find(UUID id) {
    return Optional.ofNullable(entities.find(Order.class, id));
  }

  /** Status and saga alone, so that a later {@link #lock} reads the row afresh. */
  public Optional<Standing> standing(UUID id) {
    return entities
        .createQuery(
            "select new "
                + "dev.allsquare.order.domain.OrderBook$Standing(o.status, o.sagaId)"
                + " from Order o where o.id = :id",
            Standing.class)
        .setParameter("id", id)
        .getResultList()
        .stream()
        .findFirst();
  }

  /**
   * The orders, locked in id order until the transaction ends. Whoever also locks a saga locks it
   * first. Who changes one then calls {@link #save}: Hibernate keeps no copy of them, and so
   * notices no change.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Order> lock(Collection<UUID> ids) {
    return entities
        .unwrap(Session.class)
        .createNativeQuery(LOCK, Order.class)
        .setParameter("ids", ids.toArray(UUID[]::new))
        .setReadOnly(true)
        .getResultList();
  }

  /** Writes new orders: one batch of rows, one statement of history, one event. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(Collection<Order> orders) {
    orders.forEach(entities::persist);
    entities.flush();
    tell(List.copyOf(orders));
  }

  /**
   * Writes what became of the orders: one statement of rows, one of history, one event.
   *
   * <p>To be called while their row locks are held: the events take their order from it.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void save(Collection<Order> orders) {
    var changed = orders.stream().filter(Order::hasChanges).toList();
    if (!changed.isEmpty()) {
      write(changed);
      tell(changed);
    }
  }

  private void write(List<Order> orders) {
    var ids = column(orders, order -> order.id().toString());
    int written =
        jdbc.sql(WRITE)
            .params(
                ids,
                column(orders, order -> order.status().name()),
                column(orders, order -> order.reason() == null ? null : order.reason().name()),
                column(orders, order -> order.sagaId().toString()),
                column(orders, order -> order.updatedAt().toString()),
                orders.stream().map(Order::version).toArray(Long[]::new),
                ids)
            .update();
    if (written != orders.size()) {
      throw new OptimisticLockingFailureException(
          "only " + written + " of " + orders.size() + " orders were there to be written");
    }
  }

  private interface Column {
    @Nullable String of(Order order);
  }

  private static @Nullable String[] column(List<Order> orders, Column column) {
    return orders.stream().map(column::of).toArray(String[]::new);
  }

  private void tell(List<Order> orders) {
    var changes = orders.stream().flatMap(order -> order.takeChanges().stream()).toList();
    history.append(changes);
    publisher.publishEvent(new OrdersChanged(changes, orders));
  }

  /** These orders as they are now, without a lock. */
  public List<Order> find(Collection<UUID> ids) {
    return entities
        .createQuery("from Order o where o.id in :ids", Order.class)
        .setParameter("ids", ids)
        .getResultList();
  }

  /** The newest orders that match, newest first: ids ascend with time. */
  public List<Order> newest(Filter filter, int limit) {
    var query =
        entities.createQuery(
            "from Order o where 1 = 1"
                + (filter.customerId() == null ? "" : " and o.customerId = :customerId")
                + (filter.status() == null ? "" : " and o.status = :status")
                + (filter.before() == null ? "" : " and o.id < :before")
                + " order by o.id desc",
            Order.class);
    Optional.ofNullable(filter.customerId()).ifPresent(it -> query.setParameter("customerId", it));
    Optional.ofNullable(filter.status()).ifPresent(it -> query.setParameter("status", it));
    Optional.ofNullable(filter.before()).ifPresent(it -> query.setParameter("before", it));
    return query.setMaxResults(limit).getResultList();
  }

  /** The current version of each of these orders, in one statement. */
  public Map<UUID, Long> versions(Collection<UUID> ids) {
    return entities
        .createQuery("select o.id, o.version from Order o where o.id in :ids", Object[].class)
        .setParameter("ids", ids)
        .getResultList()
        .stream()
        .collect(Collectors.toMap(row -> (UUID) row[0], row -> (Long) row[1]));
  }
}
