package dev.allsquare.inventory.domain;

/** So many pieces of one SKU, as a reservation's row keeps them. */
public record ReservedLine(String sku, int quantity) {

  public ReservedLine {
    if (quantity < 1) {
      throw new IllegalArgumentException("a line reserves at least one " + sku);
    }
  }
}
