package dev.allsquare.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.message.Message;
import dev.allsquare.participant.Box.How;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two processors of one service at the same work, lost connections, and poison. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RacesTest {

  private Box box;
  private UUID saga;

  @BeforeAll
  void open() {
    box = new Box();
  }

  @BeforeEach
  void calm() {
    box.onLoad(_ -> {});
    box.onSave(_ -> {});
    saga = box.newSaga();
  }

  @AfterAll
  void close() {
    box.close();
  }

  @Test
  void twoProcessorsAtTheSameBatchHaveOneEffectPerCommand() throws Exception {
    List<Message> batch =
        IntStream.range(0, 50).mapToObj(_ -> box.take(box.newSaga(), How.DONE)).toList();
    var bothHaveRead = new CountDownLatch(2);
    box.onLoad(
        _ -> {
          bothHaveRead.countDown();
          Gates.await(bothHaveRead);
        });

    inParallel(() -> box.poll(batch), () -> box.poll(batch.reversed()));

    assertThat(batch).allSatisfy(it -> assertThat(box.effectsOf(it)).isOne());
    assertThat(batch).allSatisfy(it -> box.assertReplies(it, "DONE", "DONE"));
    assertThat(batch).allSatisfy(it -> assertThat(box.deadLettersOf(it)).isZero());
  }

  @Test
  void twoProcessorsThatBreakOnTheSameCommandMakeOneDeadLetter() throws Exception {
    Message take = box.take(saga, How.BROKEN);
    var bothHaveRead = new CountDownLatch(2);
    box.onLoad(
        _ -> {
          bothHaveRead.countDown();
          Gates.await(bothHaveRead);
        });

    inParallel(() -> box.poll(take), () -> box.poll(take));

    assertThat(box.deadLettersOf(take)).isOne();
    assertThat(box.repliesTo(take)).containsOnly("FAILED FAILED");
  }

  @Test
  void aCompensationOvertakesItsCommandWhileThatIsAtWork() throws Exception {
    Message take = box.take(saga, How.DONE);
    Message putBack = box.putBack(saga, How.DONE);

    whileOneHasRead(() -> box.poll(take), () -> box.poll(putBack));

    assertThat(box.effectsOn(saga)).isZero();
    box.assertReplies(putBack, "DONE");
    box.assertReplies(take, "REFUSED COMPENSATED");
  }

  @Test
  void aCommandIsDoneWhileItsEmptyCompensationIsAtWork() throws Exception {
    Message take = box.take(saga, How.DONE);
    Message putBack = box.putBack(saga, How.DONE);

    whileOneHasRead(
        () -> box.poll(putBack, box.take(box.newSaga(), How.DONE)), () -> box.poll(take));

    assertThat(box.effectsOf(take)).isOne();
    assertThat(box.effectsOf(putBack)).isOne();
  }

  @Test
  void aRefusedCommandIsTriedAgainWhileItsCompensationIsAtWork() throws Exception {
    box.poll(box.take(saga, How.REFUSED));
    Message again = box.take(saga, How.DONE);
    Message putBack = box.putBack(saga, How.DONE);

    whileOneHasRead(
        () -> box.poll(putBack, box.take(box.newSaga(), How.DONE)), () -> box.poll(again));

    assertThat(box.effectsOf(again)).isOne();
    assertThat(box.effectsOf(putBack)).isOne();
  }

  @Test
  void aRefusedCommandIsCompensatedWhileItIsTriedAgain() throws Exception {
    box.poll(box.take(saga, How.REFUSED));
    Message again = box.take(saga, How.DONE);
    Message putBack = box.putBack(saga, How.DONE);

    whileOneHasRead(() -> box.poll(again), () -> box.poll(putBack));

    assertThat(box.effectsOn(saga)).isZero();
    box.assertReplies(again, "REFUSED COMPENSATED");
  }

  @Test
  void aCommandThatBreaksElsewhereWhileItIsAtWorkIsNotDoneHere() throws Exception {
    Message take = box.take(saga, How.DONE);

    whileOneHasRead(
        () -> box.poll(take),
        () -> {
          box.onSave(RacesTest::breakDown);
          box.poll(take);
          box.onSave(_ -> {});
        });

    assertThat(box.effectsOf(take)).isZero();
    assertThat(box.deadLettersOf(take)).isOne();
    box.assertReplies(take, "FAILED FAILED", "FAILED FAILED");
  }

  @Test
  void aCommandThatIsDoneElsewhereWhileItBreaksHereIsNoDeadLetter() throws Exception {
    Message take = box.take(saga, How.DONE);

    whileOneHasRead(
        () -> box.poll(take),
        () -> {
          box.poll(take);
          box.onSave(RacesTest::breakDown);
        });

    assertThat(box.effectsOf(take)).isOne();
    assertThat(box.deadLettersOf(take)).isZero();
    box.assertReplies(take, "DONE", "DONE");
  }

  private static void breakDown(JdbcClient jdbc) {
    throw new IllegalStateException("the box fell");
  }

  @Test
  void theSameStepUnderTwoIdsIsDoneOnce() throws Exception {
    Message one = box.take(saga, How.DONE);
    Message other = box.take(saga, How.DONE);

    whileOneHasRead(() -> box.poll(one), () -> box.poll(other));

    assertThat(box.effectsOn(saga)).isOne();
    box.assertReplies(one, "DONE");
    box.assertReplies(other, "DONE");
  }

  @Test
  void commandsAndCompensationsInAnyOrderOnTwoThreadsNeverEndInAnEffectWithoutItsUndoing()
      throws Exception {
    long seed = System.nanoTime();
    List<UUID> sagas = IntStream.range(0, 200).mapToObj(_ -> box.newSaga()).toList();
    var random = new Random(seed);
    List<Message> commands = new ArrayList<>();
    List<Message> compensations = new ArrayList<>();
    for (UUID it : sagas) {
      commands.add(box.take(it, How.DONE));
      compensations.add(box.putBack(it, How.DONE));
    }
    Collections.shuffle(commands, random);
    Collections.shuffle(compensations, random);

    inParallel(() -> inPolls(commands), () -> inPolls(compensations));

    assertThat(sagas)
        .as("seed %s", seed)
        .allSatisfy(it -> assertThat(box.effectsOn(it)).isIn(0, 2));
    assertThat(compensations).allSatisfy(it -> box.assertReplies(it, "DONE"));
    assertThat(box.count("dead_letter where id = any(?)", (Object) ids(commands))).isZero();
  }

  /** As the listener does: what lost too many races in a row is given again. */
  private void inPolls(List<Message> messages) {
    for (int from = 0; from < messages.size(); from += 10) {
      var batch = messages.subList(from, from + 10);
      for (int deliveries = 1; !handled(batch); deliveries++) {
        assertThat(deliveries).as("deliveries").isLessThan(100);
      }
    }
  }

  private boolean handled(List<Message> batch) {
    try {
      box.poll(batch);
      return true;
    } catch (LostRace e) {
      return false;
    }
  }

  private static UUID[] ids(List<Message> messages) {
    return messages.stream().map(Message::id).toArray(UUID[]::new);
  }

  @Test
  void aConnectionLostInTheMiddleOfABatchParksAndBuriesNothing() {
    List<Message> batch =
        IntStream.range(0, 20).mapToObj(_ -> box.take(box.newSaga(), How.DONE)).toList();
    box.onSave(
        jdbc -> jdbc.sql("select pg_terminate_backend(pg_backend_pid())").query().listOfRows());

    assertThatThrownBy(() -> box.poll(batch)).isInstanceOf(RuntimeException.class);

    assertThat(batch).allSatisfy(it -> assertThat(box.deadLettersOf(it)).isZero());
    assertThat(batch).allSatisfy(it -> assertThat(box.effectsOf(it)).isZero());
    box.onSave(_ -> {});
    box.poll(batch);
    assertThat(batch).allSatisfy(it -> assertThat(box.effectsOf(it)).isOne());
    assertThat(batch).allSatisfy(it -> box.assertReplies(it, "DONE"));
  }

  @Test
  void aConnectionLostBeforeTheCommitLeavesNoInboxRowWithoutItsEffect() {
    Message take = box.take(saga, How.DONE);
    box.onSave(jdbc -> kill(jdbc.sql("select pg_backend_pid()").query(Integer.class).single()));

    assertThatThrownBy(() -> box.poll(take)).isInstanceOf(RuntimeException.class);

    assertThat(box.count("inbox where message_id = ?", take.id())).isZero();
    assertThat(box.effectsOf(take)).isZero();
    assertThat(box.deadLettersOf(take)).isZero();
  }

  /** From another connection; returns when the backend is gone. */
  private void kill(int pid) {
    try (var connection = box.messaging().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("select pg_terminate_backend(" + pid + ", 10000)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onePoisonedMessageOfTwoHundredIsOneDeadLetterAnd199Effects() {
    List<Message> batch = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      batch.add(box.take(box.newSaga(), i == 137 ? How.BROKEN : How.DONE));
    }

    box.poll(batch);

    Message poison = batch.remove(137);
    assertThat(box.deadLettersOf(poison)).isOne();
    assertThat(box.effectsOf(poison)).isZero();
    box.assertReplies(poison, "FAILED FAILED");
    assertThat(batch).hasSize(199).allSatisfy(it -> assertThat(box.effectsOf(it)).isOne());
    assertThat(batch).allSatisfy(it -> box.assertReplies(it, "DONE"));
    assertThat(batch).allSatisfy(it -> assertThat(box.deadLettersOf(it)).isZero());
  }

  /** Runs {@code other} from start to end while {@code one} has read but not written. */
  private void whileOneHasRead(Runnable one, Runnable other) throws Exception {
    var hasRead = new CountDownLatch(1);
    var otherIsDone = new CountDownLatch(1);
    box.onLoad(
        _ -> {
          if (hasRead.getCount() > 0) {
            hasRead.countDown();
            Gates.await(otherIsDone);
          }
        });
    try (var thread = Executors.newSingleThreadExecutor()) {
      Future<?> paused = thread.submit(one);
      Gates.await(hasRead);
      other.run();
      otherIsDone.countDown();
      paused.get(30, TimeUnit.SECONDS);
    }
  }

  private static void inParallel(Runnable one, Runnable other) throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<?> first = threads.submit(one);
      Future<?> second = threads.submit(other);
      first.get(60, TimeUnit.SECONDS);
      second.get(60, TimeUnit.SECONDS);
    }
  }
}
