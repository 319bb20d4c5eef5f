package dev.allsquare.inventory;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.contract.inventory.Product;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReservationChanged;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.inventory.Restock;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.inventory.domain.ReservationState;
import dev.allsquare.message.Reply;
import dev.allsquare.testing.AsyncApi;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document against the code: topics, types, fields. */
class AsyncApiTest {

  private static final Map<String, Class<? extends Record>> BODIES =
      Map.of(
          ReserveStock.TYPE, ReserveStock.class,
          ReleaseStock.TYPE, ReleaseStock.class,
          CommitReservation.TYPE, CommitReservation.class,
          Restock.TYPE, Restock.class,
          ReservationChanged.TYPE, ReservationChanged.class,
          Product.TYPE, Product.class,
          Reply.TYPE, Reply.class);

  private final AsyncApi document = new AsyncApi();

  @Test
  void itNamesTheTopicsAndTheyAreCreated() {
    document.hasTopics(Inventory.COMMANDS, Inventory.EVENTS, Inventory.PRODUCTS, Orders.REPLIES);
  }

  @Test
  void itNamesEveryMessageAndItsFields() {
    document.hasMessages(BODIES);
    document.hasFieldsOf(Line.class);
    document.hasFieldsOf(Money.class);
  }

  @Test
  void itNamesEveryState() {
    document.hasValues(ReservationChanged.class, "state", ReservationState.values());
  }
}
