package dev.allsquare.contract.inventory;

import java.util.UUID;

/** A confirmed order was cancelled: its pieces return to the shelf. */
public record Restock(UUID orderId) {

  public static final String TYPE = "inventory.restock.v1";
}
