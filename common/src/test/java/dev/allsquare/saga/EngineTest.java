package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static dev.allsquare.saga.Bed.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.message.Verdict;
import dev.allsquare.saga.Entry.What;
import dev.allsquare.saga.Purchases.Purchase;
import dev.allsquare.saga.Sagas.Start;
import dev.allsquare.saga.Sagas.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
    assertThat(BED.drain()).isEmpty();
    assertThat(BED.history(saga))
        .containsExactly(
            What.STARTED,
            What.COMMANDED,
            What.COMMANDED,
            What.REPLIED,
            What.REPLIED,
            What.COMMANDED,
            What.REPLIED,
            What.COMMANDED,
            What.REPLIED,
            What.COMPLETED);
  }

  @Test
  void aCommandCarriesWhatItsReceiverNeeds() {
    var saga = BED.start();
    var reserve = BED.take("reserve", Direction.ACTION);
    assertThat(reserve.topic()).isEqualTo("reserve.commands");
    assertThat(reserve.key()).isEqualTo(saga.toString());
    assertThat(reserve.subject()).isEqualTo("order-" + saga);
    assertThat(reserve.source()).isEqualTo("purchase-service");
    assertThat(reserve.payload()).isEqualTo("{\"item\":\"tea\"}");
    assertThat(Uuid7.isVersion7(reserve.id())).isTrue();
    assertThat(Objects.requireNonNull(reserve.saga()).replyTo()).isEqualTo(Purchases.REPLIES);
  }

  @Test
  void aCommandFollowsFromTheReplyThatCausedIt() {
    BED.start();
    var first = BED.drain();
    var last = done(first.get(1));
    BED.deliver(done(first.get(0)), last);
    var capture = BED.take("capture", Direction.ACTION);
    assertThat(capture.causationId()).isEqualTo(last.id());
    assertThat(capture.traceparent()).isEqualTo(last.traceparent());
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

  @Test
  void aPollCostsFourStatementsAndOneCommitHoweverManyRepliesItHas() {
    var ids = new UUID[50];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Uuid7.next(Instant.now());
    }
    BED.takeLog();
    BED.start(ids);
    assertThat(BED.takeLog())
        .containsExactly(
            "insert into saga", "insert into saga_history", "insert into outbox", "commit");
    var replies = BED.drain().stream().map(Bed::done).toList();
    BED.takeLog();
    BED.deliver(replies);
    assertThat(BED.takeLog())
        .containsExactly(
            "select id, type,",
            "update saga set",
            "insert into saga_history",
            "insert into outbox",
            "commit");
    BED.deliver(replies);
    assertThat(BED.takeLog()).containsExactly("select id, type,", "commit");
  }

  @Test
  void betweenStartAndEndNoIndexIsTouched() {
    var saga = BED.start();
    var wakeAt = BED.column(saga, "wake_at");
    var first = BED.drain();
    BED.deliver(done(first.get(0)), done(first.get(1)));
    assertThat(BED.column(saga, "wake_at")).isEqualTo(wakeAt);
    BED.deliver(done(BED.take("capture", Direction.ACTION)));
    assertThat(BED.column(saga, "wake_at")).isEqualTo(wakeAt);
    BED.deliver(done(BED.take("ship", Direction.ACTION)));
    assertThat(BED.column(saga, "wake_at")).isEqualTo("nothing");
  }

  @Test
  void duplicateRepliesInOnePollAndLater() {
    double before = BED.replies(Outcome.DUPLICATE);
    var saga = BED.start();
    var first = BED.drain();
    var reserved = done(first.get(0));
    BED.deliver(reserved, reserved, done(first.get(1)), reserved);
    BED.deliver(reserved);
    BED.take("capture", Direction.ACTION);
    assertThat(BED.drain()).isEmpty();
    assertThat(BED.state(saga)).isEqualTo("RUNNING");
    assertThat(BED.replies(Outcome.DUPLICATE) - before).isEqualTo(3);
  }

  @Test
  void aReplyWhoseIdTheInboxKnowsIsStillAppliedWhileItsCommandIsAwaited() {
    BED.start();
    var first = BED.drain();
    var reserved = done(first.get(0));
    BED.jdbc
        .sql("insert into inbox (message_id, verdict) values (?, 'DONE')")
        .param(reserved.id())
        .update();
    BED.deliver(reserved, done(first.get(1)));
    BED.take("capture", Direction.ACTION);
  }

  @Test
  void aReplyToASagaThatDoesNotExistIsCountedAndDroppedAndTheOthersAreApplied() {
    double before = BED.replies(Outcome.UNKNOWN);
    BED.start();
    var orphan = BED.drain();
    BED.forget();
    BED.start();
    var first = BED.drain();
    BED.deliver(done(orphan.get(0)), done(first.get(0)), done(first.get(1)));
    BED.take("capture", Direction.ACTION);
    assertThat(BED.replies(Outcome.UNKNOWN) - before).isOne();
  }

  @Test
  void whatIsNoReplyIsThrownOut() {
    BED.start();
    var command = BED.drain().getFirst();
    assertThatThrownBy(() -> BED.deliver(command)).hasMessageContaining("not a reply");
    var garbage = Bed.reply(command, Verdict.DONE, null);
    var broken =
        new Message(
            garbage.id(),
            garbage.topic(),
            garbage.key(),
            garbage.type(),
            garbage.source(),
            garbage.subject(),
            garbage.time(),
            "{\"verdict\":\"PERHAPS\"}",
            garbage.saga(),
            garbage.causationId(),
            garbage.traceparent());
    assertThatThrownBy(() -> BED.deliver(broken)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void turningRoundBeforeAndAfterThePivotCommand() {
    var early = BED.start();
    BED.drain();
    assertThat(turn(early)).isEqualTo(Turn.TURNED);
    assertThat(turn(early)).isEqualTo(Turn.TURNING_ALREADY);
    BED.deliver(BED.drain().stream().map(Bed::done).toList());
    assertThat(turn(early)).isEqualTo(Turn.ENDED);
    assertThat(BED.reason(early)).isEqualTo("CANCELLED");

    var late = BED.start();
    BED.deliver(BED.drain().stream().map(Bed::done).toList());
    assertThat(turn(late)).isEqualTo(Turn.PAST_PIVOT);
    assertThat(BED.state(late)).isEqualTo("RUNNING");
  }

  private static Turn turn(UUID saga) {
    return BED.inTransaction(() -> BED.bean(Sagas.class).turnRound(saga, "CANCELLED"));
  }

  @Test
  void sagasStartAndTurnInsideATransactionOnly() {
    var sagas = BED.bean(Sagas.class);
    var start = new Start<>(Uuid7.next(Instant.now()), "key", new Purchase("tea"));
    assertThatThrownBy(() -> sagas.start("Purchase", List.of(start)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sagas.turnRound(start.sagaId(), "CANCELLED"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> turn(start.sagaId())).hasMessageContaining("There is no saga");
  }

  @Test
  void aSagaStartsWithTheDataItIsDefinedOver() {
    var sagas = BED.bean(Sagas.class);
    var wrong = new Start<>(Uuid7.next(Instant.now()), "key", "tea");
    assertThatThrownBy(() -> BED.transaction(() -> sagas.start("Purchase", List.of(wrong))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BED.transaction(() -> sagas.start("Nothing", List.of(wrong))))
        .hasMessageContaining("There is no saga named Nothing");
  }

  @Test
  void theGaugesCountWhatHasNotEnded() {
    BED.start();
    BED.start();
    assertThat(BED.bean(SagaTable.class).countLive()).isEqualTo(new SagaTable.Live(2, 0));
  }
}
