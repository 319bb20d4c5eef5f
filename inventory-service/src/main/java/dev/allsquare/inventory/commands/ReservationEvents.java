package dev.allsquare.inventory.commands;

import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.contract.inventory.ReservationChanged;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import java.time.Clock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells the others what became of a reservation. */
@Component
class ReservationEvents {

  private static final String SOURCE = "inventory-service";
  private static final JsonMapper JSON = new JsonMapper();

  private final Clock clock;

  ReservationEvents(Clock clock) {
    this.clock = clock;
  }

  Message of(Shelf.Change change) {
    var order = change.reservation().orderId();
    var lines =
        change.reservation().lines().stream()
            .map(line -> new Line(line.sku(), line.quantity()))
            .toList();
    var event = new ReservationChanged(order, change.state().name(), lines, change.state().place());
    var now = clock.instant();
    return new Message(
        Uuid7.next(now),
        Inventory.EVENTS,
        order.toString(),
        ReservationChanged.TYPE,
        SOURCE,
        order.toString(),
        now,
        JSON.writeValueAsString(event),
        null,
        change.cause().message().id(),
        change.cause().message().traceparent());
  }
}
