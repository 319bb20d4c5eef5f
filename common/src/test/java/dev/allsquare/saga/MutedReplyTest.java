package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutedReplyTest {

  private static final Bed BED = Bed.make(Purchases.purchase(1, Duration.ofMinutes(1)));

  @AfterAll
  static void close() {
    BED.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"verdict\":null}", "{\"reason\":\"SILENCE\"}"})
  void aReplyWithoutAVerdictDecidesNothing(String payload) {
    var saga = BED.start();
    var reserve = BED.take("reserve", Direction.ACTION);
    var authorize = BED.take("authorize", Direction.ACTION);

    BED.deliver(done(authorize));

    assertThatThrownBy(() -> BED.deliver(with(payload, done(reserve))))
        .hasMessageContaining("a reply without a verdict");

    assertThat(BED.state(saga)).isEqualTo("RUNNING");
    assertThat(BED.drain()).isEmpty();
    BED.deliver(done(reserve));
    assertThat(BED.drain()).extracting(Message::type).containsExactly("capture.v1");
  }

  private static Message with(String payload, Message reply) {
    return new Message(
        reply.id(),
        reply.topic(),
        reply.key(),
        reply.type(),
        reply.source(),
        reply.subject(),
        reply.time(),
        payload,
        reply.saga(),
        reply.causationId(),
        reply.traceparent());
  }
}
