package dev.allsquare.contract.inventory;

import dev.allsquare.contract.Money;

/** A product's full state; a higher version replaces a lower one. */
public record Product(String sku, String name, Money price, long version) {

  public static final String TYPE = "inventory.product.v1";
}
