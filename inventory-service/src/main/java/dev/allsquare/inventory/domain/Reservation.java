package dev.allsquare.inventory.domain;

import static dev.allsquare.inventory.domain.ReservationState.COMMITTED;
import static dev.allsquare.inventory.domain.ReservationState.HELD;
import static dev.allsquare.inventory.domain.ReservationState.RELEASED;
import static dev.allsquare.inventory.domain.ReservationState.RESTOCKED;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An order's claim on pieces of one or more SKUs: all of its lines or none. */
@Entity
public class Reservation {

  @Id private UUID orderId;

  @Enumerated(EnumType.STRING)
  private ReservationState state;

  @Immutable
  @JdbcTypeCode(SqlTypes.JSON)
  private List<ReservedLine> lines;

  private Instant createdAt;
  private Instant updatedAt;
  @Version private long version;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Reservation() {}

  private Reservation(UUID orderId, List<ReservedLine> lines, Instant at) {
    this.orderId = orderId;
    this.state = HELD;
    this.lines = List.copyOf(lines);
    this.createdAt = at;
    this.updatedAt = at;
  }

  /**
   * Holds every line, or nothing.
   *
   * @param lines one per SKU
   * @param stocks the shelves of these SKUs; a SKU without one is unknown
   * @return empty when a shelf has too few pieces or does not exist
   */
  public static Optional<Reservation> hold(
      UUID orderId, List<ReservedLine> lines, Map<String, Stock> stocks, Instant at) {
    if (!lines.stream().allMatch(line -> has(stocks, line))) {
      return Optional.empty();
    }
    var reservation = new Reservation(orderId, lines, at);
    reservation.each(stocks, Stock::hold);
    return Optional.of(reservation);
  }

  /**
   * The order is paid: the pieces leave the shelf.
   *
   * @return whether this changed anything; it does not the second time
   * @throws ReservationRefusal unless HELD or COMMITTED
   */
  public boolean commit(Map<String, Stock> stocks, Instant at) {
    return change(HELD, COMMITTED, stocks, Stock::takeAway, at);
  }

  /**
   * The order came to nothing: the pieces are anyone's again.
   *
   * @return whether this changed anything; it does not the second time
   * @throws ReservationRefusal unless HELD or RELEASED
   */
  public boolean release(Map<String, Stock> stocks, Instant at) {
    return change(HELD, RELEASED, stocks, Stock::release, at);
  }

  /**
   * The order was cancelled after all: the pieces come back.
   *
   * @return whether this changed anything; it does not the second time
   * @throws ReservationRefusal unless COMMITTED or RESTOCKED
   */
  public boolean restock(Map<String, Stock> stocks, Instant at) {
    return change(COMMITTED, RESTOCKED, stocks, Stock::bringBack, at);
  }

  private boolean change(
      ReservationState from,
      ReservationState to,
      Map<String, Stock> stocks,
      ObjIntConsumer<Stock> effect,
      Instant at) {
    if (state == to) {
      return false;
    }
    if (state != from) {
      throw new ReservationRefusal(state, to);
    }
    each(stocks, effect);
    state = to;
    updatedAt = at;
    return true;
  }

  private void each(Map<String, Stock> stocks, ObjIntConsumer<Stock> effect) {
    for (var line : lines) {
      var stock = stocks.get(line.sku());
      if (stock == null) {
        throw new IllegalStateException("order " + orderId + " reserved " + line + " of no shelf");
      }
      effect.accept(stock, line.quantity());
    }
  }

  private static boolean has(Map<String, Stock> stocks, ReservedLine line) {
    var stock = stocks.get(line.sku());
    return stock != null && stock.has(line.quantity());
  }

  public UUID orderId() {
    return orderId;
  }

  public ReservationState state() {
    return state;
  }

  public List<ReservedLine> lines() {
    return lines;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }
}
