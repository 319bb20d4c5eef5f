package dev.allsquare.inventory.web;

import dev.allsquare.contract.Money;
import dev.allsquare.inventory.domain.OnOffer;
import dev.allsquare.inventory.domain.Product;
import dev.allsquare.inventory.domain.Stock;

/**
 * A product and its stock.
 *
 * @param version counts changes of name and price, not of stock; it is the ETag too
 */
record ProductView(
    String sku,
    String name,
    Money price,
    long onHand,
    long reserved,
    long available,
    long version) {

  static ProductView of(OnOffer offer) {
    Product product = offer.product();
    Stock stock = offer.stock();
    return new ProductView(
        product.sku(),
        product.name(),
        product.price(),
        stock.onHand(),
        stock.reserved(),
        stock.available(),
        product.version());
  }
}
