package dev.allsquare.order.domain;

import dev.allsquare.contract.Money;

/** So many pieces of one product, at the price it had when the order was placed. */
public record OrderLine(String sku, int quantity, Money unitPrice) {

  Money price() {
    return unitPrice.times(quantity);
  }
}
