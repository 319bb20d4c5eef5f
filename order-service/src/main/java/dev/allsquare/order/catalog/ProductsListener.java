package dev.allsquare.order.catalog;

import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.Product;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Message;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the catalogue up to date. It needs no inbox: a repeated product has no higher version. */
@Component
class ProductsListener implements MessageHandler {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Catalog catalog;
  private final Clock clock;
  private final Timer lag;

  ProductsListener(Catalog catalog, Clock clock, MeterRegistry meters) {
    this.catalog = catalog;
    this.clock = clock;
    this.lag =
        Timer.builder("allsquare.catalog.lag")
            .description("From a product's change at inventory-service to its arrival here")
            .register(meters);
  }

  @Override
  public String topic() {
    return Inventory.PRODUCTS;
  }

  @Override
  public void handle(List<Message> batch) {
    catalog.learn(batch.stream().map(ProductsListener::product).toList());
    var now = clock.instant();
    batch.forEach(message -> lag.record(Duration.between(message.time(), now)));
  }

  private static Product product(Message message) {
    return JSON.readValue(message.payload(), Product.class);
  }
}
