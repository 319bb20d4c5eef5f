package dev.allsquare.inbox;

import static dev.allsquare.inbox.Recorder.event;
import static dev.allsquare.inbox.Recorder.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.message.Message;
import dev.allsquare.testing.Messaging;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** All of a batch, or halves of it, down to the one that breaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchProcessorTest {

  private Messaging messaging;
  private BatchProcessor processor;
  private Recorder recorder;

  @BeforeAll
  void open() {
    messaging = new Messaging(_ -> {});
    processor = messaging.bean(BatchProcessor.class);
  }

  @BeforeEach
  void newRecorder() {
    recorder = new Recorder(messaging.jdbc());
  }

  @AfterAll
  void close() {
    messaging.close();
  }

  @Test
  void aBatchThatNothingBreaksIsHandledWhole() {
    processor.process(recorder, events("k", "1", "2", "3"));

    assertThat(recorder.batches()).containsExactly(List.of("1", "2", "3"));
    assertThat(recorder.recorded()).containsExactly("1", "2", "3");
  }

  @Test
  void anEmptyBatchTouchesNothing() {
    messaging.dataSource().takeLog();

    processor.process(recorder, List.of());

    assertThat(messaging.dataSource().takeLog()).isEmpty();
  }

  @Test
  void whatBreaksIsFoundByHalvesFromLeftToRightAndAllElseIsHandled() {
    recorder.breakingOn("3");

    processor.process(recorder, events("k", "1", "2", "3", "4"));

    assertThat(recorder.batches())
        .containsExactly(
            List.of("1", "2", "3", "4"),
            List.of("1", "2"),
            List.of("3", "4"),
            List.of("3"),
            List.of("4"));
    assertThat(recorder.recorded()).containsExactly("1", "2", "4");
    assertThat(recorder.deadLetters()).containsExactly("3");
  }

  @Test
  void aDeadLetterSaysWhatHappenedAndGoesToItsTopicAndIsCounted() {
    recorder.breakingOn("1");
    double before = messaging.counted("deadletters");
    Message event = event("k", "1");

    processor.process(recorder, List.of(event));

    assertThat(recorder.strings("select cause || ' ' || why from dead_letter"))
        .containsExactly("BROKEN java.lang.IllegalStateException: no 1");
    assertThat(recorder.strings("select headers::text from dead_letter"))
        .singleElement()
        .asString()
        .contains("{\"name\":\"ce_id\",\"value\":\"" + event.id() + "\"}");
    assertThat(recorder.strings("select aggregatetype || ' ' || id from outbox"))
        .containsExactly("box.events.dlt " + event.id());
    assertThat(messaging.counted("deadletters") - before).isOne();
  }

  @Test
  void whatIsDeliveredAgainIsNoSecondDeadLetter() {
    recorder.breakingOn("1");
    Message event = event("k", "1");
    var told = new ArrayList<String>();
    recorder.onDeadLetter(told::add);

    processor.process(recorder, List.of(event));
    processor.process(recorder, List.of(event));

    assertThat(recorder.deadLetters()).containsExactly("1");
    assertThat(recorder.strings("select id from outbox")).hasSize(1);
    assertThat(told).containsExactly("1");
  }

  @Test
  void aDeadLetterAndWhatItsHandlerDoesAboutItAreOneTransaction() {
    recorder
        .breakingOn("1")
        .onDeadLetter(
            _ -> {
              throw new DataAccessResourceFailureException("gone");
            });

    assertThatThrownBy(() -> processor.process(recorder, events("k", "1")))
        .isInstanceOf(DataAccessResourceFailureException.class);

    assertThat(recorder.deadLetters()).isEmpty();
    assertThat(recorder.strings("select id from outbox")).isEmpty();
  }

  @Test
  void whenTheDatabaseIsGoneTheBatchIsNeitherHalvedNorBuried() {
    recorder.before(
        _ -> {
          throw new DataAccessResourceFailureException("gone");
        });

    assertThatThrownBy(() -> processor.process(recorder, events("k", "1", "2")))
        .isInstanceOf(DataAccessResourceFailureException.class);

    assertThat(recorder.batches()).containsExactly(List.of("1", "2"));
    assertThat(recorder.deadLetters()).isEmpty();
  }

  @Test
  void whenNotEvenTheRollbackWorksNothingIsBuried() {
    recorder.breakingOn("1");
    var disconnected =
        new JdbcTransactionManager(messaging.dataSource()) {
          @Override
          protected void doRollback(DefaultTransactionStatus status) {
            super.doRollback(status);
            throw new IllegalStateException("the connection is gone");
          }
        };

    assertThatThrownBy(
            () ->
                new BatchProcessor(disconnected, messaging.bean(DeadLetters.class))
                    .process(recorder, events("k", "1")))
        .hasMessage("the connection is gone");

    assertThat(recorder.deadLetters()).isEmpty();
  }

  @Test
  void aLostRaceIsRunAgainAtOnce() {
    var losses = new AtomicInteger(2);
    recorder.before(
        _ -> {
          if (losses.getAndDecrement() > 0) {
            throw new CannotAcquireLockException("a deadlock's victim");
          }
        });

    processor.process(recorder, events("k", "1", "2"));

    assertThat(recorder.batches()).hasSize(3).containsOnly(List.of("1", "2"));
    assertThat(recorder.recorded()).containsExactly("1", "2");
  }

  @Test
  void whoLosesAllRacesWaitsAndIsNotBuried() {
    recorder.before(
        _ -> {
          throw new CannotAcquireLockException("a deadlock's victim");
        });

    assertThatThrownBy(() -> processor.process(recorder, events("k", "1", "2")))
        .isInstanceOf(CannotAcquireLockException.class);

    assertThat(recorder.batches()).hasSize(5);
    assertThat(recorder.deadLetters()).isEmpty();
  }

  @Test
  void aConstraintViolatedByARaceIsGoneAtTheSecondTry() {
    recorder.before(
        _ -> {
          if (recorder.batches().size() == 1) {
            messaging.jdbc().sql("insert into event values ('twin'), ('twin')").update();
          }
        });

    processor.process(recorder, events("k", "1"));

    assertThat(recorder.recorded()).containsExactly("1");
    assertThat(recorder.deadLetters()).isEmpty();
  }

  @Test
  void aConstraintThatIsViolatedAgainMakesADeadLetter() {
    processor.process(recorder, events("k", "1", "1"));

    assertThat(recorder.recorded()).containsExactly("1");
    assertThat(recorder.deadLetters()).containsExactly("1");
  }

  @Test
  void aHandlerThatRunsOutOfStackBreaksAlone() {
    recorder.before(
        name -> {
          if (name.equals("2")) {
            throw new StackOverflowError();
          }
        });

    processor.process(recorder, events("k", "1", "2"));

    assertThat(recorder.recorded()).containsExactly("1");
    assertThat(recorder.deadLetters()).containsExactly("2");
  }

  @Test
  void aPoisonedEventHoldsNobodyBack() {
    recorder.breakingOn("a1");

    processor.process(recorder, events("a", "a1", "a2"));

    assertThat(recorder.recorded()).containsExactly("a2");
  }

  @Test
  void whatItsHandlerRefusesIsBuriedUnhandled() {
    var picky =
        new MessageHandler() {
          @Override
          public String topic() {
            return Recorder.TOPIC;
          }

          @Override
          public void handle(List<Message> batch) {
            recorder.handle(batch);
          }

          @Override
          public String refusal(Message message) {
            return "too picky";
          }
        };

    processor.process(picky, events("k", "1"));

    assertThat(recorder.batches()).isEmpty();
    assertThat(recorder.strings("select cause || ' ' || why from dead_letter"))
        .containsExactly("REFUSED too picky");
  }
}
