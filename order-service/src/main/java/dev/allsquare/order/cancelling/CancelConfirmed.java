package dev.allsquare.order.cancelling;

import dev.allsquare.order.domain.Order;
import dev.allsquare.saga.Sagas;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
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
      var engine = sagas.getObject();
      var starts = confirmed.stream().map(order -> cancel(order, engine.newId())).toList();
      engine.start(CancelOrderSaga.NAME, starts);
    }
  }

  private Sagas.Start<CancellingData> cancel(Order order, UUID sagaId) {
    order.cancel(sagaId, clock.instant());
    return new Sagas.Start<>(
        order.sagaId(), order.id().toString(), new CancellingData(order.id()), order.traceparent());
  }
}
