package dev.allsquare.order.placing;

import dev.allsquare.order.cancelling.CancelConfirmed;
import dev.allsquare.order.domain.Order;
import dev.allsquare.order.domain.OrderBook;
import dev.allsquare.saga.SagaEnding;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What becomes of the orders whose sagas end, in the transaction that ends them. */
@Component
class PlaceOrderEnding implements SagaEnding<PlacingData> {

  private final OrderBook book;
  private final CancelConfirmed cancelConfirmed;
  private final Clock clock;

  PlaceOrderEnding(OrderBook book, CancelConfirmed cancelConfirmed, Clock clock) {
    this.book = book;
    this.cancelConfirmed = cancelConfirmed;
    this.clock = clock;
  }

  @Override
  public String sagaName() {
    return PlaceOrderSaga.NAME;
  }

  @Override
  public void ended(List<Ended<PlacingData>> sagas) {
    var endings =
        sagas.stream()
            .collect(Collectors.toMap(saga -> saga.data().orderId(), Function.identity()));
    var orders = book.lock(endings.keySet());
    var takenBack = end(orders, endings, clock.instant());
    cancelConfirmed.start(takenBack);
    book.save(orders);
  }

  /** Applies each ending; the answer is the confirmed orders that the customer took back. */
  private List<Order> end(List<Order> orders, Map<UUID, Ended<PlacingData>> endings, Instant now) {
    var takenBack = new ArrayList<Order>();
    for (var order : orders) {
      var ending = Objects.requireNonNull(endings.get(order.id()));
      switch (ending.outcome()) {
        case COMPLETED -> {
          if (order.confirm(now)) {
            takenBack.add(order);
          }
        }
        case COMPENSATED -> order.giveUp(Reasons.of(ending.reason()), now);
      }
    }
    return takenBack;
  }
}
