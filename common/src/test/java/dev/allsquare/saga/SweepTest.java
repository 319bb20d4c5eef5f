package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.message.Direction;
import dev.allsquare.saga.Entry.What;
import dev.allsquare.saga.Purchases.Purchase;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sagas whose every step times out a moment after its command left the outbox. */
class SweepTest {

  private static final Bed BED = Bed.make(Purchases.purchase(1, ofMillis(1)), Unspeakable.SAGA);

  @BeforeEach
  void forget() {
    BED.forget();
  }

  @AfterAll
  static void close() {
    BED.close();
  }

  @Test
  void aReplyAfterItsTimeout() {
    double late = BED.replies(Outcome.LATE);
    var saga = BED.start();
    var first = BED.drain();
    sweepUntil(saga, "COMPENSATING");
    assertThat(BED.reason(saga)).isEqualTo(Saga.TIMED_OUT);
    BED.deliver(done(first.get(0)), done(first.get(1)));
    assertThat(BED.replies(Outcome.LATE) - late).isEqualTo(2);
    BED.deliver(
        done(BED.take("reserve", Direction.COMPENSATION)),
        done(BED.take("authorize", Direction.COMPENSATION)));
    assertThat(BED.state(saga)).isEqualTo("COMPENSATED");
    assertThat(BED.drain()).as("the pivot was never commanded").isEmpty();
  }

  @Test
  void noTimeoutStartsWhileTheCommandIsInTheOutbox() {
    var saga = BED.start();
    for (int sweeps = 0; sweeps < 5; sweeps++) {
      BED.jdbc.sql("update saga set wake_at = clock_timestamp()").update();
      assertThat(BED.sweep()).isOne();
    }
    assertThat(BED.state(saga)).isEqualTo("RUNNING");
    BED.drain();
    sweepUntil(saga, "COMPENSATING");
  }

  @Test
  void aParkedMessageParksItsSagaInsteadOfHoldingItUpInSilence() {
    var saga = BED.start();
    var first = BED.drainInto("outbox_parked");
    BED.jdbc.sql("update saga set wake_at = clock_timestamp()").update();
    sweepUntil(saga, "PARKED");
    assertThat(BED.parked(saga)).contains("reserve", "parked in the outbox");
    BED.jdbc.sql("truncate outbox_parked").update();
    BED.deliver(done(first.get(0)));
    assertThat(BED.state(saga)).as("authorize is still stuck").isEqualTo("PARKED");
    BED.deliver(done(first.get(1)));
    assertThat(BED.state(saga)).isEqualTo("RUNNING");
    BED.take("capture", Direction.ACTION);
  }

  @Test
  void anUnansweredPivotIsParkedAndTheSweepLeavesItAloneUntilItsLateReply() {
    var saga = BED.start();
    BED.deliver(BED.drain().stream().map(Bed::done).toList());
    var capture = BED.take("capture", Direction.ACTION);
    sweepUntil(saga, "PARKED");
    assertThat(BED.parked(saga)).isEqualTo("capture was not answered in time");
    BED.drain();
    assertThat(BED.sweep()).isZero();
    BED.deliver(done(capture));
    assertThat(BED.state(saga)).isEqualTo("RUNNING");
    BED.take("ship", Direction.ACTION);
    assertThat(BED.history(saga)).contains(What.TIMED_OUT, What.PARKED, What.RESUMED);
  }

  @Test
  void aSagaThatCannotBeReadIsParkedWithItsReasonAndDoesNotHoldBackTheOthers() {
    var broken = new UUID(0, 1);
    var saga = BED.start();
    BED.drain();
    BED.jdbc
        .sql(
            "insert into saga (id, type, version, business_key, data, revision, wake_at, state,"
                + " direction, steps, waiting_for)"
                + " select ?, type, version, 'broken', data, 0, wake_at, state, direction,"
                + " '{\"actions\": {\"reserve\": {\"is\": \"NONSENSE\"}}}', waiting_for from saga")
        .param(broken)
        .update();
    sweepUntil(saga, "COMPENSATING");
    assertThat(BED.state(broken)).isEqualTo("PARKED");
    assertThat(BED.parked(broken)).contains("NONSENSE");
    assertThat(BED.history(broken)).containsExactly(What.PARKED);
    assertThat(BED.column(broken, "steps")).as("for somebody to mend").contains("NONSENSE");
  }

  @Test
  void aCommandThatCannotBePutIntoWordsParksItsSaga() {
    var id = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    BED.jdbc
        .sql(
            "insert into saga (id, type, version, business_key, data, revision, wake_at, state,"
                + " direction, steps, waiting_for) values (?, 'Unspeakable', 1, 'key', '{}', 0,"
                + " clock_timestamp(), 'RUNNING', 'ACTION', '{\"actions\": {\"ship\": {\"is\":"
                + " \"BACKING_OFF\", \"ids\": [], \"retryAt\": \"2026-01-01T00:00:00Z\"}}}', '{}')")
        .param(id)
        .update();
    BED.sweep();
    assertThat(BED.state(id)).isEqualTo("PARKED");
    assertThat(BED.parked(id)).contains("could not be written").contains("no words");
  }

  private static void sweepUntil(UUID saga, String state) {
    await()
        .pollInterval(ofMillis(5))
        .until(
            () -> {
              BED.sweep();
              return BED.state(saga).equals(state);
            });
  }

  private static final class Unspeakable {

    static final Saga<Purchase> SAGA =
        Saga.named("Unspeakable")
            .version(1)
            .over(Purchase.class, Purchases.REPLIES)
            .retriable(
                Step.<Purchase>step(
                        "ship",
                        "ship.commands",
                        "ship.v1",
                        _ -> {
                          throw new IllegalStateException("no words");
                        })
                    .timeout(ofMillis(1)))
            .build();
  }
}
