package dev.allsquare.saga;

import static dev.allsquare.saga.Purchases.command;
import static java.time.Duration.ofSeconds;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Verdict;
import dev.allsquare.saga.Entry.What;
import dev.allsquare.saga.Purchases.Purchase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TransitionTest {

  private static final Saga<Purchase> PURCHASE = Purchases.purchase(1, ofSeconds(60));

  private static final Saga<Purchase> THREE_GROUPS =
      Saga.named("ThreeGroups")
          .version(1)
          .over(Purchase.class, Purchases.REPLIES)
          .compensatable(undoable("check"))
          .compensatable(command("look").noCompensation("it only looks").timeout(ofSeconds(60)))
          .inParallel(undoable("reserve"), undoable("authorize"))
          .pivot(command("capture").timeout(ofSeconds(60)))
          .build();

  private static final Saga<Purchase> FORWARD_ONLY =
      Saga.named("ForwardOnly")
          .version(1)
          .over(Purchase.class, Purchases.REPLIES)
          .retriable(command("refund").timeout(ofSeconds(60)))
          .retriable(command("restock").timeout(ofSeconds(60)))
          .build();

  private static Step<Purchase> undoable(String name) {
    return command(name)
        .compensatedBy(name + ".commands", name + ".undo.v1", p -> p)
        .timeout(ofSeconds(60));
  }

  private static Dialogue purchase() {
    return Dialogue.start(PURCHASE).expect("reserve", "authorize");
  }

  private static Dialogue atThePivot() {
    return purchase().done("reserve", "authorize").expect("capture");
  }

  private static Dialogue pastThePivot() {
    return atThePivot().done("capture").expect("ship");
  }

  @Nested
  class Forward {

    @Test
    void groupsRunOneAfterTheOtherAndTheirMembersTogether() {
      purchase()
          .waitsFor("reserve", "authorize")
          .done("authorize")
          .expectNothing()
          .waitsFor("reserve")
          .done("reserve")
          .expect("capture")
          .done("capture")
          .expect("ship")
          .done("ship")
          .expectNothing()
          .is(Phase.COMPLETED)
          .because(null)
          .waitsFor()
          .neverDue();
    }

    @Test
    void aSagaWithoutPivotOnlyGoesForward() {
      Dialogue.start(FORWARD_ONLY)
          .expect("refund")
          .turnRound("CANCELLED")
          .was(Outcome.PAST_PIVOT)
          .done("refund")
          .expect("restock")
          .done("restock")
          .is(Phase.COMPLETED);
    }

    @Test
    void theHistoryTellsTheWholeStory() {
      pastThePivot()
          .done("ship")
          .remembers(
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
  }

  @Nested
  class Refusals {

    @Test
    void aRefusedParallelStepTurnsTheSagaAtOnceAndItsUnfinishedSiblingIsUndoneToo() {
      purchase()
          .refused("authorize", "INSUFFICIENT_FUNDS")
          .expect("undo reserve")
          .is(Phase.COMPENSATING)
          .done("undo reserve")
          .expectNothing()
          .is(Phase.COMPENSATED)
          .because("INSUFFICIENT_FUNDS");
    }

    @Test
    void aFinishedSiblingIsUndone() {
      purchase()
          .done("reserve")
          .refused("authorize", "INSUFFICIENT_FUNDS")
          .expect("undo reserve")
          .done("undo reserve")
          .is(Phase.COMPENSATED);
    }

    @Test
    void theFirstRecordedRefusalIsTheReason() {
      purchase()
          .refused("reserve", "OUT_OF_STOCK")
          .expect("undo authorize")
          .refused("authorize", "INSUFFICIENT_FUNDS")
          .was(Outcome.LATE)
          .done("undo authorize")
          .is(Phase.COMPENSATED)
          .because("OUT_OF_STOCK");
    }

    @Test
    void groupsAreUndoneInReverseOrderTheirMembersTogether() {
      Dialogue.start(THREE_GROUPS)
          .expect("check")
          .done("check")
          .expect("look")
          .done("look")
          .expect("reserve", "authorize")
          .done("reserve", "authorize")
          .expect("capture")
          .refused("capture", "PAYMENT_DECLINED")
          .expect("undo reserve", "undo authorize")
          .done("undo authorize")
          .expectNothing()
          .done("undo reserve")
          .expect("undo check")
          .done("undo check")
          .is(Phase.COMPENSATED)
          .because("PAYMENT_DECLINED");
    }

    @Test
    void aStepThatWasNeverCommandedIsNeverUndone() {
      Dialogue.start(THREE_GROUPS)
          .expect("check")
          .refused("check", "NO")
          .expectNothing()
          .is(Phase.COMPENSATED);
    }

    @Test
    void aStepThatNeedsNoUndoingIsPassedOverAndTheHistorySaysSo() {
      Dialogue.start(THREE_GROUPS)
          .done("check")
          .refused("look", "NO")
          .expect("check", "look", "undo check");
      Dialogue.start(THREE_GROUPS)
          .done("check")
          .expect("check", "look")
          .turnRound("CANCELLED")
          .expect("undo check")
          .remembers(
              What.STARTED,
              What.COMMANDED,
              What.REPLIED,
              What.COMMANDED,
              What.TURNED_ROUND,
              What.NOT_COMPENSATED,
              What.COMMANDED);
    }

    @Test
    void aRefusedPivotTurnsTheSagaAndIsItselfNotUndone() {
      atThePivot()
          .refused("capture", "PAYMENT_DECLINED")
          .expect("undo reserve", "undo authorize")
          .done("undo reserve", "undo authorize")
          .expectNothing()
          .is(Phase.COMPENSATED)
          .because("PAYMENT_DECLINED");
    }

    @Test
    void aRefusedRetriableStepIsParkedAtOnce() {
      pastThePivot()
          .refused("ship", "BROKEN_BOX")
          .expectNothing()
          .isParked(Phase.RUNNING, "ship was refused: BROKEN_BOX")
          .waitsFor("ship")
          .neverDue();
    }

    @Test
    void aRefusedCompensationIsParkedAtOnceAndItsSiblingStillHeard() {
      atThePivot()
          .refused("capture", "NO")
          .expect("undo reserve", "undo authorize")
          .refused("undo reserve", "SOLD")
          .isParked(Phase.COMPENSATING, "the compensation of reserve was refused: SOLD")
          .done("undo authorize")
          .was(Outcome.APPLIED)
          .isParked(Phase.COMPENSATING, "the compensation of reserve was refused: SOLD")
          .waitsFor("reserve");
    }
  }

  @Nested
  class Repetitions {

    @Test
    void aRepeatedReplyChangesNothing() {
      purchase()
          .done("reserve")
          .done("reserve")
          .was(Outcome.DUPLICATE)
          .expectNothing()
          .done("authorize")
          .expect("capture")
          .done("authorize", "reserve")
          .was(Outcome.DUPLICATE)
          .expectNothing();
    }

    @Test
    void aReplyToACommandThatWasNeverSentIsUnknown() {
      purchase()
          .on(replied("reserve", Direction.ACTION))
          .was(Outcome.UNKNOWN)
          .on(replied("reserve", Direction.COMPENSATION))
          .was(Outcome.UNKNOWN)
          .on(replied("capture", Direction.ACTION))
          .was(Outcome.UNKNOWN)
          .on(replied("nonsense", Direction.ACTION))
          .was(Outcome.UNKNOWN)
          .waitsFor("reserve", "authorize")
          .expectNothing();
    }

    @Test
    void aReplyAfterTheEndIsADuplicate() {
      pastThePivot().done("ship").done("ship").was(Outcome.DUPLICATE).is(Phase.COMPLETED);
    }

    @Test
    void aLateSuccessIsRecordedWhileItsCompensationRuns() {
      purchase()
          .refused("authorize", "NO")
          .expect("undo reserve")
          .done("reserve")
          .was(Outcome.LATE)
          .expectNothing()
          .is(Phase.COMPENSATING)
          .done("reserve")
          .was(Outcome.DUPLICATE)
          .done("undo reserve")
          .is(Phase.COMPENSATED);
    }

    @Test
    void aLateSuccessAfterTheEndChangesNoOutcome() {
      purchase()
          .refused("authorize", "NO")
          .done("undo reserve", "reserve")
          .was(Outcome.LATE)
          .expect("undo reserve")
          .is(Phase.COMPENSATED)
          .because("NO");
    }

    private static Event.Replied replied(String step, Direction direction) {
      return new Event.Replied(step, direction, UUID.randomUUID(), Verdict.DONE, null);
    }
  }

  @Nested
  class Failures {

    @Test
    void aFailedStepIsTriedAgainUnderANewIdAfterAWhile() {
      purchase()
          .failed("reserve")
          .expectNothing()
          .dueIn(1)
          .after(1)
          .expect("reserve #2")
          .failed("reserve #2")
          .dueIn(2)
          .after(1)
          .expectNothing()
          .after(1)
          .expect("reserve #3")
          .done("reserve #3", "authorize")
          .expect("capture");
    }

    @Test
    void aStepThatFailsInAllItsAttemptsCountsAsTimedOut() {
      purchase()
          .failed("reserve")
          .after(1)
          .failed("reserve #2")
          .after(2)
          .failed("reserve #3")
          .expect("reserve #2", "reserve #3", "undo reserve", "undo authorize")
          .is(Phase.COMPENSATING)
          .because(Saga.TIMED_OUT);
    }

    @Test
    void aStepMaySayHowOftenItIsTried() {
      var saga =
          Saga.named("Once")
              .version(1)
              .over(Purchase.class, Purchases.REPLIES)
              .retriable(command("ship").attempts(1).timeout(ofSeconds(60)))
              .build();
      Dialogue.start(saga)
          .failed("ship")
          .isParked(Phase.RUNNING, "ship failed in every attempt: it broke");
    }

    @Test
    void aRepeatedFailureCountsOnce() {
      purchase()
          .failed("reserve")
          .failed("reserve")
          .was(Outcome.DUPLICATE)
          .after(1)
          .expect("reserve #2")
          .failed("reserve")
          .was(Outcome.DUPLICATE)
          .waitsFor("reserve", "authorize");
    }

    @Test
    void aVerdictOnAnEarlierAttemptCountsAsWell() {
      purchase()
          .failed("reserve")
          .after(1)
          .expect("reserve #2")
          .done("reserve", "authorize")
          .was(Outcome.APPLIED)
          .expect("capture")
          .done("reserve #2")
          .was(Outcome.DUPLICATE);
    }

    @Test
    void aPivotThatFailsIsTriedAgainAndThenParkedNeverUndone() {
      atThePivot()
          .failed("capture")
          .after(1)
          .failed("capture #2")
          .after(2)
          .failed("capture #3")
          .expect("capture #2", "capture #3")
          .isParked(Phase.RUNNING, "capture failed in every attempt: it broke")
          .failed("capture #3")
          .was(Outcome.DUPLICATE);
    }

    @Test
    void aCompensationThatFailsIsTriedAgainAndThenParked() {
      purchase()
          .refused("authorize", "NO")
          .failed("undo reserve")
          .after(1)
          .failed("undo reserve #2")
          .after(2)
          .failed("undo reserve #3")
          .expect("undo reserve", "undo reserve #2", "undo reserve #3")
          .isParked(
              Phase.COMPENSATING, "the compensation of reserve failed in every attempt: it broke");
    }

    @Test
    void aStepThatWaitsForItsNextAttemptIsUndoneWhenTheSagaTurns() {
      purchase()
          .failed("reserve")
          .refused("authorize", "NO")
          .expect("undo reserve")
          .after(60)
          .expectNothing();
    }
  }

  @Nested
  class Time {

    @Test
    void anUnansweredCommandIsSentAgainUnderItsIdLessAndLessOften() {
      Dialogue.start(longPivot())
          .expect("capture")
          .dueIn(10)
          .after(10)
          .expectNothing()
          .dueIn(10)
          .after(10)
          .expect("capture again")
          .dueIn(20)
          .after(20)
          .expect("capture again")
          .dueIn(40)
          .after(40)
          .expect("capture again")
          .dueIn(40);
    }

    @Test
    void theTimeoutRunsFromWhenTheCommandWasSeenToHaveLeftTheOutbox() {
      purchase()
          .stuckInOutbox("reserve")
          .stuckInOutbox("authorize")
          .after(10)
          .after(3600)
          .expectNothing()
          .is(Phase.RUNNING)
          .outboxDrained()
          .after(40)
          .after(59)
          .expect("reserve again", "authorize again")
          .is(Phase.RUNNING)
          .after(1)
          .expect("undo reserve", "undo authorize")
          .because(Saga.TIMED_OUT);
    }

    @Test
    void whatStaysInTheOutboxIsLookedForLessAndLessOften() {
      purchase()
          .stuckInOutbox("reserve")
          .stuckInOutbox("authorize")
          .dueIn(10)
          .after(10)
          .dueIn(10)
          .after(10)
          .dueIn(20)
          .after(20)
          .dueIn(40)
          .after(40)
          .dueIn(40);
    }

    @Test
    void whileARepetitionIsStuckInTheOutboxNothingIsGivenUp() {
      purchase()
          .done("authorize")
          .after(10)
          .after(10)
          .expect("reserve again")
          .stuckInOutbox("reserve")
          .after(3600)
          .expectNothing()
          .is(Phase.RUNNING);
    }

    @Test
    void aCommandWhoseKeyIsParkedInTheOutboxParksItsSagaUntilItIsAnswered() {
      purchase()
          .done("reserve")
          .parkedInOutbox("authorize")
          .after(10)
          .isParked(
              Phase.RUNNING,
              "authorize was not answered in time: its command's key is parked in the outbox")
          .after(3600)
          .expectNothing()
          .done("authorize")
          .is(Phase.RUNNING)
          .expect("capture");
    }

    @Test
    void theTimeoutBeginsAnewWhenARepetitionHasWaitedInTheOutbox() {
      purchase()
          .done("authorize")
          .after(10)
          .after(10)
          .expect("reserve again")
          .stuckInOutbox("reserve")
          .after(3600)
          .outboxDrained()
          .after(40)
          .expectNothing()
          .is(Phase.RUNNING)
          .after(60)
          .expect("undo reserve", "undo authorize")
          .because(Saga.TIMED_OUT);
    }

    @Test
    void aStepThatTimedOutBeforeThePivotIsUndoneAsIfItHadBeenDone() {
      purchase()
          .done("authorize")
          .after(10)
          .after(60)
          .expect("undo reserve", "undo authorize")
          .done("reserve")
          .was(Outcome.LATE)
          .done("undo reserve", "undo authorize")
          .is(Phase.COMPENSATED)
          .because(Saga.TIMED_OUT);
    }

    @Test
    void aPivotThatTimesOutIsParkedAndItsLateSuccessGoesOn() {
      atThePivot()
          .after(10)
          .after(10)
          .expect("capture again")
          .after(50)
          .expectNothing()
          .isParked(Phase.RUNNING, "capture was not answered in time")
          .neverDue()
          .after(3600)
          .was(Outcome.NOTHING)
          .done("capture")
          .is(Phase.RUNNING)
          .expect("ship");
    }

    @Test
    void aParkedPivotThatIsRefusedAfterAllTurnsTheSaga() {
      atThePivot()
          .after(10)
          .after(60)
          .isParked(Phase.RUNNING, "capture was not answered in time")
          .refused("capture", "PAYMENT_DECLINED")
          .expect("undo reserve", "undo authorize")
          .is(Phase.COMPENSATING)
          .because("PAYMENT_DECLINED");
    }

    @Test
    void aParkedRetriableStepThatFailsAfterAllIsTriedAgain() {
      pastThePivot()
          .after(10)
          .after(60)
          .isParked(Phase.RUNNING, "ship was not answered in time")
          .failed("ship")
          .is(Phase.RUNNING)
          .after(1)
          .expect("ship #2");
    }

    @Test
    void aCompensationThatTimesOutIsParkedAndItsLateAnswerGoesOn() {
      purchase()
          .refused("authorize", "NO")
          .expect("undo reserve")
          .after(10)
          .after(60)
          .isParked(Phase.COMPENSATING, "the compensation of reserve was not answered in time")
          .done("undo reserve")
          .is(Phase.COMPENSATED);
    }

    @Test
    void whatAParkedSagaStillAwaitsStartsOverWhenItGoesOn() {
      atThePivot()
          .refused("capture", "NO")
          .expect("undo reserve", "undo authorize")
          .after(10)
          .failed("undo authorize")
          .after(1)
          .after(10)
          .after(49)
          .isParked(Phase.COMPENSATING, "the compensation of reserve was not answered in time")
          .expect("undo authorize #2", "undo reserve again", "undo authorize #2 again")
          .after(3600)
          .done("undo reserve")
          .is(Phase.COMPENSATING)
          .after(10)
          .after(59)
          .is(Phase.COMPENSATING)
          .expect("undo authorize #2 again");
    }

    private static Saga<Purchase> longPivot() {
      return Saga.named("Patient")
          .version(1)
          .over(Purchase.class, Purchases.REPLIES)
          .pivot(command("capture").timeout(Duration.ofDays(1)))
          .build();
    }
  }

  @Nested
  class TurningRound {

    @Test
    void beforeThePivotCommandTheSagaTurnsAndUndoesWhatMayHaveBeenDone() {
      purchase()
          .done("reserve")
          .turnRound("CANCELLED_BY_CUSTOMER")
          .was(Outcome.APPLIED)
          .expect("undo reserve", "undo authorize")
          .done("undo reserve", "undo authorize")
          .is(Phase.COMPENSATED)
          .because("CANCELLED_BY_CUSTOMER");
    }

    @Test
    void onceThePivotCommandIsWrittenItGoesForward() {
      atThePivot()
          .turnRound("CANCELLED_BY_CUSTOMER")
          .was(Outcome.PAST_PIVOT)
          .expectNothing()
          .done("capture")
          .expect("ship");
    }

    @Test
    void aSagaThatTurnsAlreadyKeepsItsReason() {
      purchase()
          .refused("reserve", "OUT_OF_STOCK")
          .turnRound("CANCELLED_BY_CUSTOMER")
          .was(Outcome.DUPLICATE)
          .because("OUT_OF_STOCK");
    }

    @Test
    void anEndedSagaDoesNotTurn() {
      pastThePivot().done("ship").turnRound("LATE").was(Outcome.ENDED).is(Phase.COMPLETED);
    }
  }

  @Nested
  class OperatorsRepair {

    /**
     * Two attempts under way, and a refusal of the second ended the saga before the first was done.
     */
    @Test
    void retryOfAPivotThatNobodyAnsweredMakesNoSecondAttempt() {
      atThePivot()
          .after(10)
          .after(60)
          .repair(Repair.RETRY)
          .expect("capture again")
          .is(Phase.RUNNING)
          .done("capture")
          .expect("ship");
    }

    @Test
    void retryCommandsWhatIsStuckAsANewAttempt() {
      pastThePivot()
          .refused("ship", "BROKEN_BOX")
          .repair(Repair.RETRY)
          .expect("ship #2")
          .is(Phase.RUNNING)
          .done("ship #2")
          .is(Phase.COMPLETED);
    }

    @Test
    void resumeAsksAgainUnderTheSameId() {
      atThePivot()
          .after(10)
          .after(60)
          .repair(Repair.RESUME)
          .expect("capture again")
          .is(Phase.RUNNING)
          .done("capture")
          .expect("ship");
    }

    @Test
    void resumeFreesASagaWhoseVersionIsKnownAgain() {
      purchase()
          .parkFor("no code has version 1 of Purchase")
          .repair(Repair.RESUME)
          .is(Phase.RUNNING)
          .after(10)
          .after(10)
          .expect("reserve again", "authorize again");
    }

    @Test
    void skipCountsWhatIsStuckAsDone() {
      pastThePivot().refused("ship", "BROKEN_BOX").repair(Repair.SKIP).is(Phase.COMPLETED);
      purchase()
          .refused("authorize", "NO")
          .refused("undo reserve", "SOLD")
          .repair(Repair.SKIP)
          .is(Phase.COMPENSATED);
    }

    @Test
    void thePivotIsNeverSkipped() {
      atThePivot()
          .after(10)
          .after(60)
          .repair(Repair.SKIP)
          .was(Outcome.NOT_ALLOWED)
          .isParked(Phase.RUNNING, "capture was not answered in time");
    }

    @Test
    void compensateIsRefusedAfterThePivotCommand() {
      atThePivot().after(10).after(60).repair(Repair.COMPENSATE).was(Outcome.PAST_PIVOT);
      purchase()
          .parkFor("no code has version 1 of Purchase")
          .repair(Repair.COMPENSATE)
          .expect("undo reserve", "undo authorize")
          .is(Phase.COMPENSATING)
          .because("because");
    }

    @Test
    void whatIsNotParkedNeedsNoRepair() {
      purchase().repair(Repair.RETRY).was(Outcome.NOT_ALLOWED).expectNothing();
      pastThePivot().done("ship").repair(Repair.SKIP).was(Outcome.ENDED);
    }
  }
}
