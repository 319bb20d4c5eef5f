package dev.allsquare.payment.commands;

import dev.allsquare.contract.payment.Payment;
import dev.allsquare.contract.payment.PaymentChanged;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import java.time.Clock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells the others what became of a payment. */
@Component
class PaymentEvents {

  private static final String SOURCE = "payment-service";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Clock clock;

  PaymentEvents(Clock clock) {
    this.clock = clock;
  }

  Message of(Till.Change change) {
    var payment = change.payment();
    var event =
        new PaymentChanged(
            payment.id(),
            payment.orderId(),
            payment.wallet().customerId(),
            change.state().name(),
            payment.amount(),
            change.version());
    var now = clock.instant();
    return new Message(
        Uuid7.next(now),
        Payment.EVENTS,
        payment.orderId().toString(),
        PaymentChanged.TYPE,
        SOURCE,
        payment.orderId().toString(),
        now,
        JSON.writeValueAsString(event),
        null,
        change.cause().message().id(),
        change.cause().message().traceparent());
  }
}
