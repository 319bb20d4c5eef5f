package dev.allsquare.contract.inventory;

import java.util.UUID;

/** Undo {@link ReserveStock}: the pieces are available again. */
public record ReleaseStock(UUID orderId) {

  public static final String TYPE = "inventory.release-stock.v1";
}
