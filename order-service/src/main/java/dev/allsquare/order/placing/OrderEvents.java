package dev.allsquare.order.placing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.allsquare.contract.order.OrderChanged;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.order.domain.OrderChange;
import dev.allsquare.order.domain.OrdersChanged;
import dev.allsquare.outbox.Outbox;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the other services what became of orders. It listens inside the transaction that changes
 * them, so that the events are committed with the change or not at all.
 */
@Component
class OrderEvents {

  private static final String SOURCE = "order-service";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private final Outbox outbox;

  OrderEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  @EventListener
  void on(OrdersChanged changed) {
    outbox.append(changed.changes().stream().map(OrderEvents::message).toList());
  }

  static Message message(OrderChange change) {
    var order = change.orderId().toString();
    return new Message(
        Uuid7.next(change.at()),
        Orders.EVENTS,
        order,
        OrderChanged.TYPE,
        SOURCE,
        order,
        change.at(),
        JSON.writeValueAsString(body(change)),
        null,
        null,
        change.traceparent());
  }

  private static OrderChanged body(OrderChange change) {
    return new OrderChanged(
        change.orderId(),
        change.customerId(),
        change.status().name(),
        nameOf(change.reason()),
        change.total(),
        change.version());
  }

  private static @Nullable String nameOf(@Nullable Enum<?> code) {
    return code == null ? null : code.name();
  }
}
