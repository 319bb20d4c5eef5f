package dev.allsquare.payment;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.PaymentChanged;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.contract.payment.VoidPayment;
import dev.allsquare.testing.Golden;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What this service says and hears. */
class GoldenMessagesTest {

  private static final UUID ORDER = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final UUID PAYMENT = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058");
  private static final Money AMOUNT = new Money("12.50", "EUR");

  static List<Arguments> messages() {
    return List.of(
        Arguments.of(AuthorizePayment.TYPE, new AuthorizePayment(ORDER, "alice", AMOUNT)),
        Arguments.of(CapturePayment.TYPE, new CapturePayment(ORDER)),
        Arguments.of(VoidPayment.TYPE, new VoidPayment(ORDER)),
        Arguments.of(RefundPayment.TYPE, new RefundPayment(ORDER)),
        Arguments.of(
            PaymentChanged.TYPE,
            new PaymentChanged(PAYMENT, ORDER, "alice", "AUTHORIZED", AMOUNT, 1)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsWrittenAndReadAsItAlwaysWas(String type, Object message) {
    Golden.check(type, message);
  }
}
