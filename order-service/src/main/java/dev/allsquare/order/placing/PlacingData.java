package dev.allsquare.order.placing;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.order.domain.Order;
import java.util.List;
import java.util.UUID;

/** What the commands of {@link PlaceOrderSaga} are filled from; stored with each saga. */
record PlacingData(UUID orderId, String customerId, Money total, List<Line> lines) {

  static PlacingData of(Order order) {
    return new PlacingData(
        order.id(),
        order.customerId(),
        order.total(),
        order.lines().stream().map(line -> new Line(line.sku(), line.quantity())).toList());
  }
}
