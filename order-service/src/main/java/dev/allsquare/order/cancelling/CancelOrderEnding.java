package dev.allsquare.order.cancelling;

import dev.allsquare.order.domain.OrderBook;
import dev.allsquare.saga.SagaEnding;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Money and pieces are back: the orders are cancelled. */
@Component
class CancelOrderEnding implements SagaEnding<CancellingData> {

  private final OrderBook book;
  private final Clock clock;

  CancelOrderEnding(OrderBook book, Clock clock) {
    this.book = book;
    this.clock = clock;
  }

  @Override
  public String sagaName() {
    return CancelOrderSaga.NAME;
  }

  @Override
  public void ended(List<Ended<CancellingData>> sagas) {
    sagas.forEach(CancelOrderEnding::requireCompleted);
    var orders = book.lock(sagas.stream().map(saga -> saga.data().orderId()).toList());
    orders.forEach(order -> order.cancelled(clock.instant()));
    book.save(orders);
  }

  private static void requireCompleted(Ended<CancellingData> saga) {
    switch (saga.outcome()) {
      case COMPLETED -> {}
      case COMPENSATED ->
          throw new IllegalStateException(
              "saga " + saga.sagaId() + " went back, but cancelling only goes forward");
    }
  }
}
