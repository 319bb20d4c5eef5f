package dev.allsquare.order.domain;

import dev.allsquare.contract.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * One customer's order. Every rule about what may follow what stands here, and each status change
 * is remembered until {@link OrderBook#save} writes it to the history.
 *
 * <pre>
 * PENDING → CONFIRMED → CANCELLING → CANCELLED
 *    │ ↘ REJECTED          ↑ ↘ CONFIRMED (the pivot was done before the wish: it goes on)
 *    └─────────────────────┘
 * </pre>
 */
@Entity
@Table(name = "orders")
public class Order {

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private String customerId;

  @Column(updatable = false)
  private long totalMinor;

  @Column(updatable = false)
  private String currency;

  @JdbcTypeCode(SqlTypes.JSON)
  @Column(updatable = false)
  private List<OrderLine> lines;

  @Column(updatable = false)
  private Instant createdAt;

  /** W3C trace context of the request that placed it. */
  @Column(updatable = false)
  private @Nullable String traceparent;

  /** The saga in charge: the one that places the order, later the one that cancels it. */
  private UUID sagaId;

  @Enumerated(EnumType.STRING)
  private OrderStatus status;

  @Enumerated(EnumType.STRING)
  private @Nullable Reason reason;

  private Instant updatedAt;

  /** How many statuses the order has had; one transaction may add two. */
  private long version;

  /** How often the row was written. What makes a lost update impossible is its lock. */
  @Version private long revision;

  @Transient private final List<OrderChange> changes = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  protected Order() {}

  private Order(
      UUID id,
      UUID sagaId,
      String customerId,
      List<OrderLine> lines,
      Money total,
      @Nullable String traceparent,
      Instant at) {
    this.id = id;
    this.sagaId = sagaId;
    this.customerId = customerId;
    this.lines = List.copyOf(lines);
    this.totalMinor = total.minor();
    this.currency = total.currency();
    this.traceparent = traceparent;
    this.createdAt = at;
    this.updatedAt = at;
    this.status = OrderStatus.PENDING;
    become(OrderStatus.PENDING, null, at);
  }

  /**
   * A new order.
   *
   * @throws NotPriceable when the lines have several currencies or add up to too much
   */
  public static Order place(
      UUID id,
      UUID sagaId,
      String customerId,
      List<OrderLine> lines,
      @Nullable String traceparent,
      Instant at) {
    return new Order(id, sagaId, customerId, lines, totalOf(lines), traceparent, at);
  }

  private static Money totalOf(List<OrderLine> lines) {
    var currencies = lines.stream().map(line -> line.unitPrice().currency()).distinct().toList();
    if (currencies.size() != 1) {
      throw new NotPriceable(
          NotPriceable.Rule.ONE_CURRENCY,
          "an order is paid in one currency, these products cost " + currencies);
    }
    try {
      return lines.stream().map(OrderLine::price).reduce(Money::plus).orElseThrow();
    } catch (ArithmeticException e) {
      throw new NotPriceable(NotPriceable.Rule.TOTAL_FITS, "the total is too large");
    }
  }

  /**
   * Everything is paid and taken from the shelf.
   *
   * @return whether the customer took the order back meanwhile, so that its cancellation must
   *     follow at once
   */
  public boolean confirm(Instant at) {
    require(status == OrderStatus.PENDING || status == OrderStatus.CANCELLING, "be confirmed");
    boolean takenBack = status == OrderStatus.CANCELLING;
    become(OrderStatus.CONFIRMED, null, at);
    return takenBack;
  }

  /** All was undone: the customer wanted it so, or a step was refused for this reason. */
  public void giveUp(Reason why, Instant at) {
    require(status == OrderStatus.PENDING || status == OrderStatus.CANCELLING, "be given up");
    if (status == OrderStatus.CANCELLING || why == Reason.CANCELLED_BY_CUSTOMER) {
      become(OrderStatus.CANCELLED, Reason.CANCELLED_BY_CUSTOMER, at);
    } else {
      become(OrderStatus.REJECTED, why, at);
    }
  }

  /** The customer takes back an order that is still being placed; its saga decides what follows. */
  public void wishCancelled(Instant at) {
    require(status == OrderStatus.PENDING, "be taken back while it is placed");
    become(OrderStatus.CANCELLING, null, at);
  }

  /** The customer takes back a confirmed order; from now on this saga is in charge. */
  public void cancel(UUID cancellingSaga, Instant at) {
    require(status == OrderStatus.CONFIRMED, "be cancelled");
    sagaId = cancellingSaga;
    become(OrderStatus.CANCELLING, null, at);
  }

  /** Money and pieces are back. */
  public void cancelled(Instant at) {
    require(status == OrderStatus.CANCELLING, "end as cancelled");
    become(OrderStatus.CANCELLED, Reason.CANCELLED_BY_CUSTOMER, at);
  }

  private void require(boolean allowed, String what) {
    if (!allowed) {
      throw new IllegalStateException("order " + id + " is " + status + " and can't " + what);
    }
  }

  private void become(OrderStatus next, @Nullable Reason why, Instant at) {
    status = next;
    reason = why;
    updatedAt = at;
    version++;
    changes.add(new OrderChange(id, customerId, next, why, total(), version, at, traceparent));
  }

  boolean hasChanges() {
    return !changes.isEmpty();
  }

  List<OrderChange> takeChanges() {
    var taken = List.copyOf(changes);
    changes.clear();
    return taken;
  }

  public UUID id() {
    return id;
  }

  public UUID sagaId() {
    return sagaId;
  }

  public @Nullable String traceparent() {
    return traceparent;
  }

  public String customerId() {
    return customerId;
  }

  public OrderStatus status() {
    return status;
  }

  public @Nullable Reason reason() {
    return reason;
  }

  public Money total() {
    return Money.ofMinor(totalMinor, currency);
  }

  public List<OrderLine> lines() {
    return lines;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }

  public long version() {
    return version;
  }
}
