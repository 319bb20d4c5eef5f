package dev.allsquare.inventory.web;

import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.inventory.domain.Product;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import java.time.Clock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells the others what a product is now: its whole state, for a compacted topic. */
@Component
class ProductEvents {

  private static final String SOURCE = "inventory-service";
  private static final JsonMapper JSON = new JsonMapper();

  private final Clock clock;

  ProductEvents(Clock clock) {
    this.clock = clock;
  }

  Message of(Product product) {
    var now = clock.instant();
    return new Message(
        Uuid7.next(now),
        Inventory.PRODUCTS,
        product.sku(),
        dev.allsquare.contract.inventory.Product.TYPE,
        SOURCE,
        product.sku(),
        now,
        JSON.writeValueAsString(
            new dev.allsquare.contract.inventory.Product(
                product.sku(), product.name(), product.price(), product.version())),
        null,
        null,
        null);
  }
}
