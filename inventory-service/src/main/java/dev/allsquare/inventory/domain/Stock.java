package dev.allsquare.inventory.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/**
 * How many pieces of a SKU are on the shelf, and how many of those are reserved. A row of its own,
 * so that a new price does not wait for reservations.
 */
@Entity
public class Stock {

  /** Adjustments stop here; pieces that come back never do, 64 bits have room for them all. */
  static final long MOST = 1_000_000_000;

  @Id private String sku;
  private long onHand;
  private long reserved;
  @Version private long version;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Stock() {}

  /** An empty shelf. */
  public Stock(Sku sku) {
    this.sku = sku.code();
  }

  /**
   * Pieces were delivered, counted anew or lost.
   *
   * @throws IllegalArgumentException when the quantity is zero or the reason unreadable
   * @throws StockRefusal when fewer pieces would be left than are reserved, or too many
   */
  public Adjustment adjust(UUID id, long quantity, String reason, Instant at) {
    if (quantity == 0) {
      throw new IllegalArgumentException("An adjustment's quantity is not zero.");
    }
    if (quantity > 0 && quantity > MOST - onHand) {
      throw new StockRefusal(
          "%s has %d on hand; the most a shelf holds is %d.".formatted(sku, onHand, MOST));
    }
    if (quantity < reserved - onHand) {
      throw new StockRefusal(
          "%s has %d on hand, of which %d are reserved.".formatted(sku, onHand, reserved));
    }
    var adjustment = new Adjustment(id, sku, quantity, reason, onHand + quantity, at);
    onHand += quantity;
    return adjustment;
  }

  /** Whether so many pieces are neither reserved nor gone. */
  public boolean has(int quantity) {
    return quantity <= available();
  }

  void hold(int quantity) {
    require(has(quantity), "available", quantity);
    reserved += quantity;
  }

  void release(int quantity) {
    require(quantity <= reserved, "reserved", quantity);
    reserved -= quantity;
  }

  void takeAway(int quantity) {
    release(quantity);
    onHand -= quantity;
  }

  void bringBack(int quantity) {
    onHand += quantity;
  }

  public String sku() {
    return sku;
  }

  public long onHand() {
    return onHand;
  }

  public long reserved() {
    return reserved;
  }

  public long available() {
    return onHand - reserved;
  }

  private void require(boolean holds, String what, int quantity) {
    if (!holds) {
      throw new IllegalStateException(
          "%s has fewer than %d %s: on hand %d, reserved %d"
              .formatted(sku, quantity, what, onHand, reserved));
    }
  }
}
