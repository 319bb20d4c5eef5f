package dev.allsquare.order.placing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.contract.order.OrderChanged;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.order.domain.OrderChange;
import dev.allsquare.order.domain.OrderStatus;
import dev.allsquare.order.domain.Reason;
import dev.allsquare.testing.Golden;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is on the wire or stored with a saga must not change by accident. */
class OrderMessagesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final UUID ORDER = UUID.fromString("019b0000-0000-7000-8000-000000000001");

  @Test
  void orderChanged() {
    var message = OrderEvents.message(change(OrderStatus.CONFIRMED, null));

    assertThat(message.type()).isEqualTo("order.changed.v1");
    assertThat(message.topic()).isEqualTo("order.events");
    assertThat(message.key()).isEqualTo(ORDER.toString());
    assertThat(message.payload()).isEqualTo(Golden.of("order.changed.v1"));
    assertThat(JSON.readValue(message.payload(), OrderChanged.class).orderId()).isEqualTo(ORDER);
  }

  @Test
  void orderChangedForAReason() {
    var message = OrderEvents.message(change(OrderStatus.REJECTED, Reason.OUT_OF_STOCK));

    assertThat(message.payload()).isEqualTo(Golden.of("order.changed.v1-rejected"));
  }

  @Test
  void placingData() {
    var data =
        new PlacingData(ORDER, "alice", new Money("33.00", "EUR"), List.of(new Line("TEA-001", 2)));

    Golden.check("placing-data", data);
  }

  @Test
  void topics() {
    assertThat(Orders.EVENTS).isEqualTo("order.events");
    assertThat(Orders.REPLIES).isEqualTo("order.replies");
  }

  private static OrderChange change(OrderStatus status, @Nullable Reason reason) {
    return new OrderChange(
        ORDER,
        "alice",
        status,
        reason,
        new Money("33.00", "EUR"),
        2,
        Instant.parse("2026-01-02T03:04:05Z"));
  }
}
