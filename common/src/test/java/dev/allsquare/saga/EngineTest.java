package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static dev.allsquare.saga.Bed.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineTest {

  private static final Bed BED = Bed.make(Purchases.purchase(1, Duration.ofMinutes(1)));

  @BeforeEach
  void forget() {
    BED.forget();
  }

  @AfterAll
  static void close() {
    BED.close();
  }

  @Test
  void aPurchaseGoesThrough() {
    var saga = BED.start();
    var first = BED.drain();
    assertThat(first).extracting(Message::type).containsExactly("reserve.v1", "authorize.v1");
    BED.deliver(done(first.get(0)));
    assertThat(BED.drain()).isEmpty();
    BED.deliver(done(first.get(1)));
    BED.deliver(done(BED.take("capture", Direction.ACTION)));
    BED.deliver(done(BED.take("ship", Direction.ACTION)));
    assertThat(BED.state(saga)).isEqualTo("COMPLETED");
  }

  @Test
  void bothParallelRepliesInOnePoll() {
    var saga = BED.start();
    var first = BED.drain();
    BED.deliver(done(first.get(0)), done(first.get(1)));
    BED.take("capture", Direction.ACTION);
    assertThat(BED.state(saga)).isEqualTo("RUNNING");
  }

  @Test
  void bothParallelRepliesInOnePollAndOneRefuses() {
    var saga = BED.start();
    var first = BED.drain();
    BED.deliver(done(first.get(0)), refused(first.get(1), "INSUFFICIENT_FUNDS"));
    BED.deliver(done(BED.take("reserve", Direction.COMPENSATION)));
    assertThat(BED.drain()).isEmpty();
    assertThat(BED.state(saga)).isEqualTo("COMPENSATED");
    assertThat(BED.reason(saga)).isEqualTo("INSUFFICIENT_FUNDS");
  }
}
