package dev.allsquare.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.participant.Box.How;
import java.time.Duration;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Commands whose outcome is not known yet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateAnswersTest {

  private Box box;
  private UUID saga;

  @BeforeAll
  void open() {
    box = new Box();
  }

  @BeforeEach
  void newSaga() {
    box.onLoad(_ -> {});
    saga = box.newSaga();
  }

  @AfterAll
  void close() {
    box.close();
  }

  @Test
  void aPendingCommandIsSilentUntilItsAnswerComes() {
    Message take = box.take(saga, How.LATER);

    box.poll(take, take);
    box.poll(take);

    box.assertReplies(take);
    assertThat(box.answerLate(take, Answer.done())).isTrue();
    box.assertReplies(take, "DONE");
    box.poll(take);
    box.assertReplies(take, "DONE", "DONE");
  }

  @Test
  void onlyTheFirstAnswerCounts() {
    Message take = box.take(saga, How.LATER);
    box.poll(take);

    assertThat(box.answerLate(take, Answer.refused("NO_CARD"))).isTrue();
    assertThat(box.answerLate(take, Answer.done())).isFalse();

    box.poll(take);
    box.assertReplies(take, "REFUSED NO_CARD", "REFUSED NO_CARD");
  }

  @Test
  void twoAnswersAtOnceAreOne() throws Exception {
    Message take = box.take(saga, How.LATER);
    box.poll(take);

    try (var threads = Executors.newFixedThreadPool(8)) {
      Callable<Boolean> answering = () -> box.answerLate(take, Answer.done());
      var answers = threads.invokeAll(Collections.nCopies(8, answering));
      int first = 0;
      for (var answer : answers) {
        first += answer.get() ? 1 : 0;
      }
      assertThat(first).isOne();
    }
    box.assertReplies(take, "DONE");
  }

  @Test
  void whatIsNotPendingCannotBeAnswered() {
    Message take = box.take(saga, How.DONE);
    box.poll(take);

    assertThat(box.answerLate(take, Answer.refused("NO_CARD"))).isFalse();
    assertThat(box.answerLate(box.take(saga, How.DONE), Answer.done())).isFalse();
    box.assertReplies(take, "DONE");
  }

  @Test
  void anAnswerThatIsRolledBackWasNeverGiven() {
    Message take = box.take(saga, How.LATER);
    box.poll(take);

    box.messaging()
        .transaction()
        .executeWithoutResult(
            status -> {
              box.messaging().bean(LateAnswers.class).answer(take.id(), Answer.done());
              status.setRollbackOnly();
            });

    box.assertReplies(take);
    assertThat(box.answerLate(take, Answer.done())).isTrue();
  }

  @Test
  void anAnswerNeedsATransactionAndAnOutcome() {
    var answers = box.messaging().bean(LateAnswers.class);

    assertThatThrownBy(() -> answers.answer(saga, Answer.done()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> answers.answer(saga, Answer.later()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCompensationOfAPendingActionGoesToItsHandler() {
    Message take = box.take(saga, How.LATER);
    Message putBack = box.putBack(saga, How.DONE);

    box.poll(take);
    box.poll(putBack);

    assertThat(box.effectsOf(putBack)).isOne();
    box.assertReplies(putBack, "DONE");
    assertThat(box.answerLate(take, Answer.done())).isTrue();
    box.assertReplies(take, "DONE");
  }

  @Test
  void aCompensationOfAnActionThatIsPendingInTheSamePollGoesToItsHandler() {
    Message take = box.take(saga, How.LATER);
    Message putBack = box.putBack(saga, How.LATER);

    box.poll(take, putBack);

    box.assertReplies(putBack);
    assertThat(box.answerLate(take, Answer.refused("NO_CARD"))).isTrue();
    box.poll(putBack);
    assertThat(box.answerLate(putBack, Answer.done())).isTrue();
    box.assertReplies(putBack, "DONE");
  }

  @Test
  void whatWasRefusedLateNeedsNoUndoing() {
    Message take = box.take(saga, How.LATER);
    Message putBack = box.putBack(saga, How.BROKEN);
    box.poll(take);
    box.answerLate(take, Answer.refused("NO_CARD"));

    box.poll(putBack);

    box.assertReplies(putBack, "DONE");
  }

  @Test
  void aSecondCommandForAPendingStepGetsTheSameAnswer() {
    Message take = box.take(saga, How.LATER);
    Message inTheSamePoll = box.take(saga, How.DONE);
    Message later = box.take(saga, How.DONE);

    box.poll(take, inTheSamePoll);
    box.poll(later);
    assertThat(box.effectsOn(saga)).isZero();
    assertThat(box.answerLate(later, Answer.done())).isTrue();

    box.assertReplies(take, "DONE");
    box.assertReplies(inTheSamePoll, "DONE");
    box.assertReplies(later, "DONE");
    assertThat(box.answerLate(take, Answer.done())).isFalse();
  }

  @Test
  void aSecondCommandThatIsReadBeforeTheAnswerAndWrittenAfterItIsAnsweredToo() throws Exception {
    Message take = box.take(saga, How.LATER);
    Message second = box.take(saga, How.DONE);
    box.poll(take);

    var hasRead = new CountDownLatch(1);
    var answered = new CountDownLatch(1);
    box.onLoad(
        _ -> {
          hasRead.countDown();
          Gates.await(answered);
        });
    try (var thread = Executors.newSingleThreadExecutor()) {
      var poll = thread.submit(() -> box.poll(second, box.take(box.newSaga(), How.DONE)));
      Gates.await(hasRead);
      box.answerLate(take, Answer.done());
      answered.countDown();
      poll.get(30, TimeUnit.SECONDS);
    }

    box.assertReplies(take, "DONE");
    box.assertReplies(second, "DONE");
  }

  @Test
  void anAnswerMayComeAfterMidnight() {
    Message take = box.take(Uuid7.next(box.now()), saga);
    Message later = box.take(saga, How.LATER);
    box.poll(later);
    box.messaging().clock().advance(Duration.ofDays(1));

    assertThat(box.answerLate(later, Answer.done())).isTrue();
    assertThat(box.answerLate(take, Answer.done())).isFalse();
  }
}
