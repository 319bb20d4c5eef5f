package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Adjustment;
import java.time.Instant;
import java.util.UUID;

/**
 * An adjustment that was made.
 *
 * @param onHand how many pieces there were right after it
 */
record AdjustmentView(
    UUID id, String sku, long quantity, String reason, long onHand, Instant createdAt) {

  static AdjustmentView of(Adjustment adjustment) {
    return new AdjustmentView(
        adjustment.id(),
        adjustment.sku(),
        adjustment.quantity(),
        adjustment.reason(),
        adjustment.onHand(),
        adjustment.createdAt());
  }
}
