package dev.allsquare.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {

  private static final UUID SAGA = UUID.fromString("01990000-0000-7000-8000-000000000001");

  @Test
  void aLineSaysWhichSagaAndOrderItIsAboutAndNothingOfThePayload() {
    var message = message("order-7");

    try (var _ = LogContext.of(message)) {
      assertThat(MDC.getCopyOfContextMap())
          .containsOnly(
              Map.entry("sagaId", SAGA.toString()),
              Map.entry("subject", "order-7"),
              Map.entry("messageId", message.id().toString()),
              Map.entry("traceId", "a".repeat(32)));
    }
    assertThat(MDC.get("sagaId")).isNull();
    assertThat(MDC.get("traceId")).isNull();
  }

  @Test
  void whatSomebodyWroteIntoAHeaderBeginsNoLineOfItsOwn() {
    try (var _ = LogContext.of(message("order-7\r\n2026-01-31 ERROR\u2028all is lost"))) {
      assertThat(MDC.get("subject")).isEqualTo("order-7__2026-01-31 ERROR_all is lost");
    }
  }

  @Test
  void nobodyFillsTheLogWithOneHeader() {
    try (var _ = LogContext.of(message("x".repeat(100_000)))) {
      assertThat(MDC.get("subject")).hasSize(100);
    }
  }

  private static Message message(String subject) {
    return new Message(
        Uuid7.next(Instant.parse("2026-01-31T10:00:00Z")),
        "payment.commands",
        SAGA.toString(),
        "payment.authorize.v1",
        "order-service",
        subject,
        Instant.parse("2026-01-31T10:00:00Z"),
        "{\"card\":\"secret\"}",
        new SagaContext(SAGA, "PlaceOrder", "authorizePayment", Direction.ACTION, "order.replies"),
        null,
        "00-" + "a".repeat(32) + "-" + "1".repeat(16) + "-01");
  }
}
