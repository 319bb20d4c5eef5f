package dev.allsquare.contract.inventory;

/** inventory-service's topics, and the reasons it refuses with. */
public final class Inventory {

  public static final String COMMANDS = "inventory.commands";
  public static final String EVENTS = "inventory.events";

  /** Compacted: the newest {@link Product} of every SKU, keyed by SKU. */
  public static final String PRODUCTS = "inventory.products";

  public static final String OUT_OF_STOCK = "OUT_OF_STOCK";

  private Inventory() {}
}
