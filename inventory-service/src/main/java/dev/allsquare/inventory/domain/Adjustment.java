package dev.allsquare.inventory.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** Pieces came or went by hand: written once, never changed. */
@Entity
@Immutable
public class Adjustment {

  private static final int LONGEST_REASON = 200;

  @Id private UUID id;
  private String sku;
  private long quantity;
  private String reason;
  private long onHand;
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Adjustment() {}

  Adjustment(UUID id, String sku, long quantity, String reason, long onHand, Instant at) {
    this.id = id;
    this.sku = sku;
    this.quantity = quantity;
    this.reason = Text.checked("An adjustment's reason", reason, LONGEST_REASON);
    this.onHand = onHand;
    this.createdAt = at;
  }

  public UUID id() {
    return id;
  }

  public String sku() {
    return sku;
  }

  public long quantity() {
    return quantity;
  }

  public String reason() {
    return reason;
  }

  /** Pieces on hand right after it. */
  public long onHand() {
    return onHand;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
