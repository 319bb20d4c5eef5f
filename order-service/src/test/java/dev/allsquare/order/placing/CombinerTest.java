package dev.allsquare.order.placing;

import static java.util.Collections.synchronizedList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CombinerTest {

  private final List<List<Integer>> batches = synchronizedList(new ArrayList<>());
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicLong now = new AtomicLong();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    gate.countDown();
    threads.close();
  }

  @Test
  void aloneNobodyWaits() {
    var combiner = combiner(10, CombinerTest::doubled);

    assertThat(combiner.submit(3)).isEqualTo(6);
    assertThat(combiner.submit(4)).isEqualTo(8);
    assertThat(batches).containsExactly(List.of(3), List.of(4));
  }

  @Test
  void whatQueuedWhileABatchRanSharesTheNextOne() throws Exception {
    var combiner = combiner(10, behindTheGate(CombinerTest::doubled));

    var answers = queueBehindZero(combiner, 5);

    assertThat(results(answers)).containsExactly(2, 4, 6, 8, 10);
    assertThat(batches).hasSize(2);
    assertThat(batches.getLast()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void aBatchHasALimitAndTheLeadIsHandedOn() throws Exception {
    var combiner = combiner(2, behindTheGate(CombinerTest::doubled));

    var answers = queueBehindZero(combiner, 5);

    assertThat(results(answers)).containsExactly(2, 4, 6, 8, 10);
    assertThat(batches).extracting(List::size).containsExactly(1, 2, 2, 1);
  }

  @Test
  void oneBadInputHurtsNobodyElse() throws Exception {
    var combiner = combiner(10, behindTheGate(CombinerTest::refusingThree));

    var answers = queueBehindZero(combiner, 4);

    assertThat(answers.get(0).get()).isEqualTo(2);
    assertThat(answers.get(1).get()).isEqualTo(4);
    assertThat(answers.get(3).get()).isEqualTo(8);
    assertThatThrownBy(() -> answers.get(2).get())
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("three");
  }

  @Test
  void aHopelessFailureIsNotTriedAgainForEach() {
    Function<List<Integer>, List<Integer>> down =
        batch -> {
          throw new IllegalStateException("the database is down");
        };
    var combiner = combiner(10, behindTheGate(down), IllegalStateException.class::isInstance);

    var answers = queueBehindZero(combiner, 4);

    assertThat(answers)
        .allSatisfy(
            answer -> assertThatThrownBy(answer::get).hasRootCauseMessage("the database is down"));
    assertThat(batches).hasSize(2);
  }

  @Test
  void goesOnAfterAnError() {
    var combiner =
        combiner(
            10,
            batch -> {
              if (batch.contains(1)) {
                throw new AssertionError("broken");
              }
              return doubled(batch);
            });

    assertThatThrownBy(() -> combiner.submit(1)).isInstanceOf(AssertionError.class);
    assertThat(combiner.submit(2)).isEqualTo(4);
  }

  @Test
  void anInterruptedCallerStillGetsItsAnswer() throws Exception {
    var combiner = combiner(10, behindTheGate(CombinerTest::doubled));
    var first = threads.submit(() -> combiner.submit(0));
    await().until(() -> batches.size() == 1);

    var interrupted =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              int answer = combiner.submit(1);
              return answer + (Thread.interrupted() ? 100 : 0);
            });
    gate.countDown();

    assertThat(interrupted.get()).isEqualTo(102);
    assertThat(first.get()).isEqualTo(0);
    assertThat(combiner.submit(2)).isEqualTo(4);
  }

  @Test
  void aThousandCallersGetTheirOwnAnswers() throws Exception {
    var combiner = combiner(50, CombinerTest::doubled);

    var answers =
        threads.invokeAll(
            IntStream.range(0, 1000)
                .<Callable<Integer>>mapToObj(i -> () -> combiner.submit(i))
                .toList());

    for (int i = 0; i < 1000; i++) {
      assertThat(answers.get(i).get()).isEqualTo(2 * i);
    }
    assertThat(batches.stream().flatMap(List::stream)).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void anAnswerThatBrokeIsThrown() {
    assertThatIllegalStateException()
        .isThrownBy(() -> combiner(10, CombinerTest::refusingThree).submit(3))
        .withMessage("three");
  }

  @Test
  void whoWaitedTooLongIsSentAwayAndNoWorkIsDoneForThem() throws Exception {
    var combiner = combiner(10, behindTheGate(CombinerTest::doubled));
    threads.execute(() -> combiner.submit(0));
    await().until(() -> batches.size() == 1);
    var early = threads.submit(() -> combiner.submit(1));
    await().until(() -> combiner.waiting() == 1);
    now.set(Duration.ofSeconds(3).toNanos());
    var late = threads.submit(() -> combiner.submit(2));
    await().until(() -> combiner.waiting() == 2);

    gate.countDown();

    assertThatThrownBy(early::get).hasRootCauseMessage("too late");
    assertThat(late.get()).isEqualTo(4);
    assertThat(batches).containsExactly(List.of(0), List.of(2));
    assertThat(combiner.submit(3)).isEqualTo(6);
  }

  private Combiner<Integer, Integer> combiner(
      int limit, Function<List<Integer>, List<Integer>> work) {
    return combiner(limit, work, failure -> false);
  }

  private Combiner<Integer, Integer> combiner(
      int limit,
      Function<List<Integer>, List<Integer>> work,
      Predicate<RuntimeException> hopeless) {
    return new Combiner<>(
        limit,
        batch -> {
          batches.add(List.copyOf(batch));
          return work.apply(batch);
        },
        hopeless,
        new Combiner.Patience(
            Duration.ofSeconds(2), now::get, () -> new IllegalStateException("too late")));
  }

  /** A first batch that stays under way until the gate opens, and this many callers behind it. */
  private List<Future<Integer>> queueBehindZero(Combiner<Integer, Integer> combiner, int callers) {
    threads.execute(() -> combiner.submit(0));
    await().until(() -> batches.size() == 1);
    var answers = new ArrayList<Future<Integer>>();
    for (int i = 1; i <= callers; i++) {
      int input = i;
      answers.add(threads.submit(() -> combiner.submit(input)));
      await().until(() -> combiner.waiting() == input);
    }
    gate.countDown();
    return answers;
  }

  private Function<List<Integer>, List<Integer>> behindTheGate(
      Function<List<Integer>, List<Integer>> work) {
    return batch -> {
      try {
        assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return work.apply(batch);
    };
  }

  private static List<Integer> results(List<Future<Integer>> answers) throws Exception {
    var results = new ArrayList<Integer>();
    for (var answer : answers) {
      results.add(answer.get());
    }
    return results;
  }

  private static List<Integer> doubled(List<Integer> batch) {
    return batch.stream().map(i -> 2 * i).toList();
  }

  private static List<Integer> refusingThree(List<Integer> batch) {
    if (batch.contains(3)) {
      throw new IllegalStateException("three");
    }
    return doubled(batch);
  }
}
