package dev.allsquare.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.message.Uuid7;
import dev.allsquare.participant.Box.How;
import dev.allsquare.testing.Messaging.Sent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Once per message id, and what the barrier says: over several polls and within one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParticipantTest {

  private Box box;
  private UUID saga;

  @BeforeAll
  void open() {
    box = new Box();
  }

  @BeforeEach
  void newSaga() {
    saga = box.newSaga();
  }

  @AfterEach
  void calm() {
    box.onLoad(_ -> {});
    box.onSave(_ -> {});
  }

  @AfterAll
  void close() {
    box.close();
  }

  @Test
  void aCommandHasItsEffectAndTheReplySaysAllThatTheSagaNeeds() {
    Message take = box.take(saga, How.DONE);

    box.poll(take);

    assertThat(box.effectsOf(take)).isOne();
    assertThat(box.messaging().sentBecauseOf(take))
        .singleElement()
        .isEqualTo(
            new Sent(
                Uuid7.derived(Uuid7.timeOf(take.id()), take.id() + "reply"),
                Box.REPLIES,
                saga.toString(),
                "saga.reply.v1",
                "{\"verdict\":\"DONE\"}",
                take.id()));
    assertThat(
            box.count(
                "outbox where causationid = ? and source = 'box-service' and subject = 'order-1'"
                    + " and sagaid = ? and sagatype = 'Shopping' and step = 'takeThing'"
                    + " and direction = 'ACTION' and replyto = ? and traceparent = ?",
                take.id(),
                saga,
                Box.REPLIES,
                Box.TRACE))
        .isOne();
  }

  @Test
  void aDuplicateInALaterPollGetsTheSameReplyAgainAndHasNoEffect() {
    Message take = box.take(saga, How.DONE);
    double before = box.messaging().counted("inbox.duplicates");

    box.poll(take);
    box.poll(take, take);

    assertThat(box.effectsOf(take)).isOne();
    box.assertReplies(take, "DONE", "DONE", "DONE");
    assertThat(box.messaging().counted("inbox.duplicates") - before).isEqualTo(2);
  }

  @Test
  void aDuplicateInTheSamePollHasNoEffect() {
    Message take = box.take(saga, How.DONE);
    double before = box.messaging().counted("inbox.duplicates");

    box.poll(take, box.take(box.newSaga(), How.DONE), take);

    assertThat(box.effectsOf(take)).isOne();
    assertThat(box.messaging().counted("inbox.duplicates") - before).isOne();
    box.assertReplies(take, "DONE", "DONE");
  }

  @Test
  void aRefusalIsGivenToTheDuplicateWithItsReason() {
    Message take = box.take(saga, How.REFUSED);

    box.poll(take);
    box.poll(take);

    box.assertReplies(take, "REFUSED BOX_IS_SHUT", "REFUSED BOX_IS_SHUT");
  }

  @Test
  void aDuplicateOnEitherSideOfMidnightIsOneMessage() {
    var midnight = box.now().truncatedTo(ChronoUnit.DAYS);
    Message before = box.take(Uuid7.next(midnight.minusMillis(1)), saga);
    Message after = box.take(Uuid7.next(midnight), box.newSaga());

    box.poll(before, after);
    box.messaging().clock().set(midnight.plus(Duration.ofDays(1)));
    box.poll(after, before);

    assertThat(box.effectsOf(before)).isOne();
    assertThat(box.effectsOf(after)).isOne();
    box.assertReplies(before, "DONE", "DONE");
    box.assertReplies(after, "DONE", "DONE");
  }

  @Test
  void aCompensationBeforeItsCommandIsEmptyAndTheLateCommandIsRefused() {
    Message putBack = box.putBack(saga, How.DONE);
    Message take = box.take(saga, How.DONE);

    box.poll(putBack);
    box.poll(take);
    box.poll(take, putBack);

    assertThat(box.effectsOn(saga)).isZero();
    box.assertReplies(putBack, "DONE", "DONE");
    box.assertReplies(take, "REFUSED COMPENSATED", "REFUSED COMPENSATED");
  }

  @Test
  void aCompensationBeforeItsCommandInOnePollIsEmptyAndTheLateCommandIsRefused() {
    Message putBack = box.putBack(saga, How.DONE);
    Message take = box.take(saga, How.DONE);

    box.poll(putBack, take);

    assertThat(box.effectsOn(saga)).isZero();
    box.assertReplies(putBack, "DONE");
    box.assertReplies(take, "REFUSED COMPENSATED");
  }

  @Test
  void aCommandAndItsCompensationInOnePollBothHaveTheirEffect() {
    Message take = box.take(saga, How.DONE);
    Message putBack = box.putBack(saga, How.DONE);
    var loaded = new ArrayList<Integer>();
    box.onLoad(commands -> loaded.add(commands.size()));

    box.poll(take, putBack);

    assertThat(loaded).containsExactly(2);
    assertThat(box.effectsOf(take)).isOne();
    assertThat(box.effectsOf(putBack)).isOne();
    box.assertReplies(take, "DONE");
    box.assertReplies(putBack, "DONE");
  }

  @Test
  void whatWasRefusedNeedsNoUndoingAndIsNotTriedAfterIt() {
    Message take = box.take(saga, How.REFUSED);
    Message putBack = box.putBack(saga, How.BROKEN);
    Message takeAgain = box.take(saga, How.DONE);

    box.poll(take);
    box.poll(putBack);
    box.poll(takeAgain);

    box.assertReplies(putBack, "DONE");
    box.assertReplies(takeAgain, "REFUSED COMPENSATED");
    assertThat(box.effectsOn(saga)).isZero();
  }

  @Test
  void whatWasRefusedInTheSamePollNeedsNoUndoing() {
    Message take = box.take(saga, How.REFUSED);
    Message putBack = box.putBack(saga, How.BROKEN);
    Message takeAgain = box.take(saga, How.DONE);

    box.poll(take, putBack, takeAgain);

    box.assertReplies(putBack, "DONE");
    box.assertReplies(takeAgain, "REFUSED COMPENSATED");
  }

  @Test
  void whatWasRefusedMayBeTriedAgainUnderAnotherId() {
    Message take = box.take(saga, How.REFUSED);
    Message again = box.take(saga, How.DONE);
    Message putBack = box.putBack(saga, How.DONE);

    box.poll(take);
    box.poll(again);
    box.poll(putBack);

    box.assertReplies(again, "DONE");
    assertThat(box.effectsOf(again)).isOne();
    assertThat(box.effectsOf(putBack)).isOne();
  }

  @Test
  void whatWasDoneUnderAnotherIdIsNotDoneAgain() {
    Message take = box.take(saga, How.DONE);
    Message again = box.take(saga, How.DONE);
    Message thirdTime = box.take(saga, How.DONE);

    box.poll(take, again);
    box.poll(thirdTime);

    assertThat(box.effectsOn(saga)).isOne();
    box.assertReplies(again, "DONE");
    box.assertReplies(thirdTime, "DONE");
  }

  @Test
  void aCompensationUnderAnotherIdIsNotDoneAgain() {
    Message take = box.take(saga, How.DONE);
    Message putBack = box.putBack(saga, How.DONE);
    Message again = box.putBack(saga, How.DONE);

    box.poll(take, putBack);
    box.poll(again);

    assertThat(box.effectsOn(saga)).isEqualTo(2);
    box.assertReplies(again, "DONE");
  }

  @Test
  void stepsOfOneNameInTwoSagasDoNotMeet() {
    Message putBack = box.putBack(saga, How.DONE);
    Message other = box.take(box.newSaga(), How.DONE);

    box.poll(putBack, other);

    assertThat(box.effectsOf(other)).isOne();
  }

  @Test
  void aBrokenCommandIsADeadLetterAndAnsweredFailedOnceAndForAll() {
    Message take = box.take(saga, How.BROKEN);

    box.poll(take);
    box.poll(take);

    assertThat(box.deadLettersOf(take)).isOne();
    box.assertReplies(take, "FAILED FAILED", "FAILED FAILED");
    assertThat(
            box.count(
                "outbox where id = ? and aggregatetype = 'box.commands.dlt' and payload = ?",
                take.id(),
                take.payload()))
        .isOne();
  }

  @Test
  void aRetryOfAFailedStepRuns() {
    Message take = box.take(saga, How.BROKEN);
    Message retry = box.take(saga, How.DONE);

    box.poll(take);
    box.poll(retry);

    assertThat(box.effectsOf(retry)).isOne();
    box.assertReplies(retry, "DONE");
  }

  @Test
  void aFailedCommandLeavesNothingToCompensate() {
    Message take = box.take(saga, How.BROKEN);
    Message putBack = box.putBack(saga, How.BROKEN);
    Message late = box.take(saga, How.DONE);

    box.poll(take, putBack, late);

    box.assertReplies(putBack, "DONE");
    box.assertReplies(late, "REFUSED COMPENSATED");
    assertThat(box.effectsOn(saga)).isZero();
  }

  @Test
  void anUnknownTypeIsADeadLetterAndAnsweredFailed() {
    Message unknown =
        box.message(Uuid7.next(box.now()), "box.paint.v1", "{}", saga, Direction.ACTION);

    box.poll(box.take(box.newSaga(), How.DONE), unknown);

    assertThat(box.deadLettersOf(unknown)).isOne();
    box.assertReplies(unknown, "FAILED FAILED");
  }

  @Test
  void anUnreadablePayloadIsADeadLetterAndAnsweredFailed() {
    for (String payload : new String[] {"", "{", "null", "[]", "{\"how\":\"WHO_KNOWS\"}"}) {
      Message unreadable =
          box.message(
              Uuid7.next(box.now()), Box.Take.TYPE, payload, box.newSaga(), Direction.ACTION);

      box.poll(unreadable);

      assertThat(box.deadLettersOf(unreadable)).as(payload).isOne();
      box.assertReplies(unreadable, "FAILED FAILED");
    }
  }

  @Test
  void aCommandWithoutASagaIsADeadLetterThatNobodyIsToldOf() {
    Message with = box.take(saga, How.DONE);
    var without =
        new Message(
            with.id(),
            with.topic(),
            with.key(),
            with.type(),
            with.source(),
            null,
            with.time(),
            with.payload(),
            null,
            null,
            null);

    box.poll(without);
    box.poll(without);

    assertThat(box.deadLettersOf(without)).isOne();
    box.assertReplies(without);
  }

  @Test
  void whatWouldBeAnsweredToItsOwnTopicIsADeadLetterThatNobodyIsToldOf() {
    Message reply =
        box.message(
            Uuid7.next(box.now()), Reply.TYPE, "{\"verdict\":\"DONE\"}", saga, Direction.ACTION);
    Message echo = box.repliedTo(box.take(box.newSaga(), How.DONE), Box.COMMANDS);

    box.poll(reply, echo);

    for (Message message : List.of(reply, echo)) {
      assertThat(box.deadLettersOf(message)).isOne();
      assertThat(box.effectsOf(message)).isZero();
      box.assertReplies(message);
    }
  }

  @Test
  void aMessageOlderThanTheInboxRemembersIsNotRun() {
    Message old = box.take(Uuid7.next(box.now().minus(Duration.ofDays(15))), saga);

    box.poll(old, box.take(box.newSaga(), How.DONE));
    box.poll(old);

    assertThat(box.effectsOf(old)).isZero();
    assertThat(box.deadLettersOf(old)).isOne();
    box.assertReplies(old, "FAILED FAILED");
  }

  @Test
  void aMessageJustYoungEnoughIsRunAndRemembered() {
    Message old = box.take(Uuid7.next(box.now().minus(Duration.ofDays(14)).plusMillis(1)), saga);

    box.poll(old);
    box.poll(old);

    assertThat(box.effectsOf(old)).isOne();
  }

  @Test
  void aMessageFromTheFutureIsNotRun() {
    Message early = box.take(Uuid7.next(box.now().plus(Duration.ofMinutes(11))), saga);

    box.poll(early);

    assertThat(box.effectsOf(early)).isZero();
    assertThat(box.deadLettersOf(early)).isOne();
  }

  @Test
  void aSagaOlderThanTheBarrierRemembersIsNotRun() {
    UUID ancient = Uuid7.next(box.now().minus(Duration.ofDays(91)));
    Message take = box.take(ancient, How.DONE);

    box.poll(take);

    assertThat(box.effectsOf(take)).isZero();
    assertThat(box.deadLettersOf(take)).isOne();
    box.assertReplies(take, "FAILED FAILED");
  }

  @Test
  void anIdWithoutATimeIsNotRun() {
    Message take = box.take(UUID.randomUUID(), saga);

    box.poll(take);

    assertThat(box.effectsOf(take)).isZero();
    assertThat(box.deadLettersOf(take)).isOne();
  }

  @Test
  void aNulCharacterStopsNothing() {
    Message take = box.take(saga, How.DONE);
    var nul =
        new Message(
            take.id(),
            take.topic(),
            take.key(),
            take.type(),
            take.source(),
            "order \0",
            take.time(),
            take.payload(),
            take.saga(),
            null,
            null);
    Message after = box.take(box.newSaga(), How.DONE);

    box.poll(nul, after);

    assertThat(box.deadLettersOf(nul)).isOne();
    assertThat(box.effectsOf(after)).isOne();
  }
}
