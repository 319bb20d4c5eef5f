package dev.allsquare.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.allsquare.contract.Money;
import dev.allsquare.order.domain.Order;
import dev.allsquare.order.domain.OrderStatus;
import dev.allsquare.order.domain.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as clients see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderView(
    UUID id,
    String customerId,
    OrderStatus status,
    @Nullable Reason reason,
    Money total,
    List<LineView> lines,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  /** One line of it. */
  record LineView(String sku, int quantity, Money unitPrice) {}

  static OrderView of(Order order) {
    return new OrderView(
        order.id(),
        order.customerId(),
        order.status(),
        order.reason(),
        order.total(),
        order.lines().stream()
            .map(line -> new LineView(line.sku(), line.quantity(), line.unitPrice()))
            .toList(),
        order.createdAt(),
        order.updatedAt(),
        order.version());
  }
}
