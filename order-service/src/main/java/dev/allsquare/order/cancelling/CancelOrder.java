package dev.allsquare.order.cancelling;

import dev.allsquare.order.domain.Order;
import dev.allsquare.order.domain.OrderBook;
import dev.allsquare.order.domain.OrderStatus;
import dev.allsquare.order.domain.Reason;
import dev.allsquare.saga.Sagas;
import dev.allsquare.web.Problem;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Cancels an order at the customer's wish, wherever it stands. */
@Component
public class CancelOrder {

  private final OrderBook book;
  private final Sagas sagas;
  private final CancelConfirmed cancelConfirmed;
  private final Clock clock;

  CancelOrder(OrderBook book, Sagas sagas, CancelConfirmed cancelConfirmed, Clock clock) {
    this.book = book;
    this.sagas = sagas;
    this.cancelConfirmed = cancelConfirmed;
    this.clock = clock;
  }

  /**
   * Records the wish and sets off what follows from it; repeating it changes nothing.
   *
   * @return the order, {@link OrderStatus#CANCELLING} or cancelled already
   * @throws Problem 404 when there is no such order, 409 when it was rejected
   */
  @Transactional
  public Order cancel(UUID id) {
    var standing = book.standing(id).orElseThrow(() -> unknown(id));
    if (standing.status() == OrderStatus.PENDING) {
      // The saga's row is locked first, as by whoever ends it: then neither can miss the other.
      sagas.turnRound(standing.sagaId(), Reason.CANCELLED_BY_CUSTOMER.name());
    }
    var order = book.lock(List.of(id)).getFirst();
    takeBack(order);
    book.save(List.of(order));
    return order;
  }

  /**
   * Decided on the locked row. Whether the saga turned round now, was turning already or is past
   * its pivot: the wish stands on the order, and the saga's end honours it.
   */
  private void takeBack(Order order) {
    switch (order.status()) {
      case PENDING -> order.wishCancelled(clock.instant());
      case CONFIRMED -> cancelConfirmed.start(List.of(order));
      case CANCELLING, CANCELLED -> {} // repeated
      case REJECTED -> throw rejected(order);
    }
  }

  private static Problem unknown(UUID id) {
    return new Problem(HttpStatus.NOT_FOUND, "order-unknown", "There is no order " + id + ".");
  }

  private static Problem rejected(Order order) {
    return new Problem(
        HttpStatus.CONFLICT,
        "order-rejected",
        "Order "
            + order.id()
            + " was rejected ("
            + order.reason()
            + "); nothing is left to cancel.");
  }
}
