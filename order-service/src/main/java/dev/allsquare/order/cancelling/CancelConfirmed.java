package dev.allsquare.order.cancelling;

import dev.allsquare.message.Uuid7;
import dev.allsquare.order.domain.Order;
import dev.allsquare.saga.Sagas;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Starts the sagas that cancel confirmed orders. */
@Component
public class CancelConfirmed {

  /** Looked up when needed: the engine behind it knows the endings, and one of them knows us. */
  private final ObjectProvider<Sagas> sagas;

  private final Clock clock;

  CancelConfirmed(ObjectProvider<Sagas> sagas, Clock clock) {
    this.sagas = sagas;
    this.clock = clock;
  }

  /** In the caller's transaction, which holds the orders' row locks and saves them. */
  public void start(List<Order> confirmed) {
    if (!confirmed.isEmpty()) {
      var starts = confirmed.stream().map(this::cancel).toList();
      sagas.getObject().start(CancelOrderSaga.NAME, starts);
    }
  }

  private Sagas.Start<CancellingData> cancel(Order order) {
    var now = clock.instant();
    order.cancel(Uuid7.next(now), now);
    return new Sagas.Start<>(
        order.sagaId(), order.id().toString(), new CancellingData(order.id()), order.traceparent());
  }
}
