package dev.allsquare.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.PaymentChanged;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.contract.payment.VoidPayment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The messages of this service, byte for byte: who changes one breaks services that are running.
 */
class GoldenMessagesTest {

  private static final JsonMapper JSON = new JsonMapper();
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
  void aMessageIsWrittenAsItAlwaysWas(String type, Object message) throws IOException {
    assertThat(JSON.writeValueAsString(message)).isEqualTo(golden(type));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsReadAsItAlwaysWas(String type, Object message) throws IOException {
    assertThat((Object) JSON.readValue(golden(type), message.getClass())).isEqualTo(message);
  }

  private static String golden(String type) throws IOException {
    var name = "/golden/" + type + ".json";
    try (var file =
        Objects.requireNonNull(GoldenMessagesTest.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
