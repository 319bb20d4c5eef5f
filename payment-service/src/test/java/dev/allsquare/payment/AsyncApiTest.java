package dev.allsquare.payment;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.Payment;
import dev.allsquare.contract.payment.PaymentChanged;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.contract.payment.VoidPayment;
import dev.allsquare.message.Reply;
import dev.allsquare.payment.domain.PaymentState;
import dev.allsquare.testing.AsyncApi;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document against the code: topics, types, fields. */
class AsyncApiTest {

  private static final Map<String, Class<? extends Record>> BODIES =
      Map.of(
          AuthorizePayment.TYPE, AuthorizePayment.class,
          CapturePayment.TYPE, CapturePayment.class,
          VoidPayment.TYPE, VoidPayment.class,
          RefundPayment.TYPE, RefundPayment.class,
          PaymentChanged.TYPE, PaymentChanged.class,
          Reply.TYPE, Reply.class);

  private final AsyncApi document = new AsyncApi();

  @Test
  void itNamesTheTopicsAndTheyAreCreated() {
    document.hasTopics(Payment.COMMANDS, Payment.EVENTS, Orders.REPLIES);
  }

  @Test
  void itNamesEveryMessageAndItsFields() {
    document.hasMessages(BODIES);
    document.hasFieldsOf(Money.class);
  }

  @Test
  void itNamesEveryState() {
    document.hasValues(PaymentChanged.class, "state", PaymentState.values());
  }
}
