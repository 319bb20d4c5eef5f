package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.saga.Sagas.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas of one service on one database, at the same time. */
class TwoReplicasTest {

  private static final Bed ONE =
      Bed.make(Purchases.purchase(1, ofMinutes(1)), Sweepable.saga(ofHours(1)));
  private static final Bed TWO =
      Bed.on(
          ONE.database, List.of(), Purchases.purchase(1, ofMinutes(1)), Sweepable.saga(ofHours(1)));

  @BeforeEach
  void forget() {
    ONE.forget();
  }

  @AfterAll
  static void close() {
    ONE.close();
    TWO.close();
  }

  @Test
  void bothGetTheSameRepliesAtOnceAndEachSagaGoesOnOnce() throws Exception {
    ONE.start(ids(500));
    var replies = new ArrayList<>(ONE.drain().stream().map(Bed::done).toList());
    var shuffled = new ArrayList<>(replies);
    Collections.reverse(shuffled);
    together(
        List.of(
            () -> deliverInPolls(ONE, replies),
            () -> deliverInPolls(TWO, shuffled),
            () -> deliverInPolls(TWO, replies)));
    var next = ONE.drain();
    assertThat(next).hasSize(500).allMatch(message -> message.type().equals("capture.v1"));
    assertThat(next.stream().map(Message::key).distinct()).hasSize(500);
  }

  private static boolean deliverInPolls(Bed bed, List<Message> replies) {
    for (int from = 0; from < replies.size(); from += 100) {
      bed.deliver(replies.subList(from, from + 100));
    }
    return true;
  }

  @Test
  void turningRoundRacesTheLastReplyBeforeThePivotAndOneOfThemWins() throws Exception {
    var ids = ids(200);
    ONE.start(ids);
    var replies = ONE.drain().stream().map(Bed::done).toList();
    var turns = new ConcurrentHashMap<UUID, Turn>();
    together(
        List.of(
            () -> {
              replies.forEach(reply -> ONE.deliver(reply));
              return true;
            },
            () -> {
              for (var id : ids) {
                turns.put(
                    id, TWO.inTransaction(() -> TWO.bean(Sagas.class).turnRound(id, "CANCELLED")));
              }
              return true;
            }));
    var commands = ONE.drain();
    for (var id : ids) {
      var own = commands.stream().filter(c -> c.key().equals(id.toString())).toList();
      if (turns.get(id) == Turn.TURNED) {
        assertThat(own)
            .extracting(Message::type)
            .containsExactlyInAnyOrder("reserve.undo.v1", "authorize.undo.v1");
      } else {
        assertThat(turns.get(id)).isEqualTo(Turn.PAST_PIVOT);
        assertThat(own).extracting(Message::type).containsExactly("capture.v1");
      }
    }
  }

  @Test
  void bothSweepAndEachDueCommandIsSentAgainOnce() throws Exception {
    var ids = ids(2_000);
    var starts = Stream.of(ids).map(id -> Sweepable.start(id)).toList();
    ONE.transaction(() -> ONE.bean(Sagas.class).start(Sweepable.NAME, starts));
    assertThat(ONE.drain()).hasSize(2_000);
    sweepTogether(2_000);
    assertThat(ONE.drain()).as("they only saw that the commands are gone").isEmpty();
    sweepTogether(2_000);
    var again = ONE.drain();
    assertThat(again).hasSize(2_000);
    assertThat(again.stream().map(Message::id).distinct()).hasSize(2_000);
    ONE.deliver(again.stream().map(Bed::done).toList());
    assertThat(ONE.bean(SagaTable.class).countLive().active()).isZero();
  }

  private static void sweepTogether(int due) throws Exception {
    ONE.jdbc
        .sql(
            "update saga set wake_at = clock_timestamp(), steps ="
                + " jsonb_set(steps, '{actions,ship,lookAt}', to_jsonb(clock_timestamp()))")
        .update();
    List<Callable<Integer>> sweeps = List.of(() -> sweepAll(ONE), () -> sweepAll(TWO));
    assertThat(together(sweeps).stream().mapToInt(seen -> seen).sum()).isEqualTo(due);
  }

  private static int sweepAll(Bed bed) {
    int all = 0;
    for (int seen = bed.sweep(); seen > 0; seen = bed.sweep()) {
      all += seen;
    }
    return all;
  }

  @Test
  void aLateReplyRacesTheSweepAndNothingIsLost() throws Exception {
    ONE.start(ids(100));
    var replies = ONE.drain().stream().map(Bed::done).toList();
    ONE.jdbc.sql("update saga set wake_at = clock_timestamp()").update();
    together(
        List.of(
            () -> deliverInPolls(ONE, replies),
            () -> {
              TWO.sweep();
              return true;
            }));
    assertThat(ONE.drain()).hasSize(100).allMatch(message -> message.type().equals("capture.v1"));
  }

  @Test
  void aReplicaDiesAfterItsCommitAndTheOtherOneGetsTheRepliesAgain() {
    var saga = ONE.start();
    var first = ONE.drain();
    ONE.deliver(done(first.get(0)), done(first.get(1)));
    TWO.deliver(done(first.get(0)), done(first.get(1)));
    TWO.take("capture", Direction.ACTION);
    assertThat(ONE.drain()).isEmpty();
    assertThat(TWO.state(saga)).isEqualTo("RUNNING");
  }

  private static UUID[] ids(int count) {
    return Stream.generate(() -> Uuid7.next(Instant.now())).limit(count).toArray(UUID[]::new);
  }

  private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    var ready = new CyclicBarrier(tasks.size());
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      var running =
          tasks.stream()
              .map(
                  task ->
                      threads.submit(
                          () -> {
                            ready.await();
                            return task.call();
                          }))
              .toList();
      var results = new ArrayList<T>();
      for (var result : running) {
        results.add(result.get());
      }
      return results;
    }
  }
}
