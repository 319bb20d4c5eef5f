package dev.allsquare.contract.inventory;

import java.util.List;
import java.util.UUID;

/** Hold every line for the order, or refuse them all with {@link Inventory#OUT_OF_STOCK}. */
public record ReserveStock(UUID orderId, List<Line> lines) {

  public static final String TYPE = "inventory.reserve-stock.v1";
}
