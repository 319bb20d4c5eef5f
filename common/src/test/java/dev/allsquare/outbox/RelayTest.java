package dev.allsquare.outbox;

import static dev.allsquare.outbox.Messages.message;
import static dev.allsquare.outbox.Messages.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {

  private final Database database = new Database();
  private final FakeLog log = new FakeLog();
  private final RelayLoop relay = database.relay(log, Database.quick());

  @AfterEach
  void close() {
    relay.stop();
    database.close();
  }

  @Test
  void carriesEveryAttributeAndDeletesTheRow() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var message =
        new Message(
            Uuid7.next(now),
            "payment.commands",
            "key",
            "payment.authorize.v1",
            "order-service",
            "order 1",
            now,
            "{\"a\":\"ü\"}",
            new SagaContext(
                UUID.randomUUID(), "PlaceOrder", "authorize", Direction.ACTION, "order.replies"),
            UUID.randomUUID(),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    database.commit(message, message("bare", "{}"));

    relay.start();

    await().untilAsserted(() -> assertThat(log.taken()).hasSize(2).contains(message));
    await().untilAsserted(() -> assertThat(database.count("outbox")).isZero());
    assertThat(database.meters.counter("outbox.sent").count()).isEqualTo(2);
  }

  @Test
  void keepsTheOrderOfAKeyWithOneMessageOnItsWay() {
    relay.start();
    database.commit(numbered("a", 300));
    database.commit(numbered("b", 5));

    await().untilAsserted(() -> assertThat(database.count("outbox")).isZero());
    assertThat(log.of("a")).isEqualTo(numbered("a", 300).stream().map(Message::payload).toList());
    assertThat(log.of("b")).containsExactly("0", "1", "2", "3", "4");
    assertThat(log.violations()).isEmpty();
  }
}
