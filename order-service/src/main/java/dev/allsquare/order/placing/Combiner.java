package dev.allsquare.order.placing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent callers share one piece of work. Whoever finds no batch under way leads one for
 * all that queued meanwhile, and then hands the lead to the first who queued since: alone, nobody
 * waits; in a crowd, the batch is what came while the last one ran.
 *
 * <p>Who has waited too long when the turn comes is sent away instead: such a caller has gone, and
 * will ask again. Otherwise a queue that has once become longer than callers are patient stays so,
 * and all the work is done for nobody (<a href="https://queue.acm.org/detail.cfm?id=2839461">Fail
 * at Scale</a>, Maurer, 2015).
 */
final class Combiner<I, O> {

  private final int limit;
  private final Function<List<I>, List<O>> work;
  private final Predicate<RuntimeException> hopeless;
  private final Patience patience;
  private final Queue<Seat<I, O>> queue = new ArrayDeque<>();
  private boolean underWay;

  /**
   * A combiner.
   *
   * @param work answers a batch, in its order, all or nothing
   * @param hopeless failures that say nothing about one input, so that trying each alone is vain
   */
  Combiner(
      int limit,
      Function<List<I>, List<O>> work,
      Predicate<RuntimeException> hopeless,
      Patience patience) {
    this.limit = limit;
    this.work = work;
    this.hopeless = hopeless;
    this.patience = patience;
  }

  /**
   * How long callers are good for.
   *
   * @param nanos a clock that only goes forward
   * @param gone what is thrown to those who waited longer
   */
  record Patience(Duration longest, LongSupplier nanos, Supplier<RuntimeException> gone) {

    boolean isOver(long since) {
      return nanos.getAsLong() - since > longest.toNanos();
    }
  }

  /** The answer to this input, or the exception that working on it alone threw. */
  O submit(I input) {
    var seat = new Seat<I, O>(input, patience.nanos.getAsLong());
    boolean interrupted = !leads(seat) && seat.await();
    try {
      if (!seat.served()) {
        lead();
      }
      return seat.answer();
    } finally {
      // Not before: an interrupted leader would break the batch for the others.
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized boolean leads(Seat<I, O> seat) {
    queue.add(seat);
    boolean alone = !underWay;
    underWay = true;
    return alone;
  }

  /** How many are queued; a gauge. */
  synchronized int waiting() {
    return queue.size();
  }

  private void lead() {
    try {
      serve(board());
    } finally {
      handOver();
    }
  }

  private synchronized List<Seat<I, O>> board() {
    var batch = new ArrayList<Seat<I, O>>();
    while (batch.size() < limit && !queue.isEmpty()) {
      var seat = queue.remove();
      if (patience.isOver(seat.since)) {
        seat.serve(null, patience.gone.get());
      } else {
        batch.add(seat);
      }
    }
    return batch;
  }

  private synchronized void handOver() {
    var next = queue.peek();
    if (next == null) {
      underWay = false;
    } else {
      next.turn.countDown();
    }
  }

  private void serve(List<Seat<I, O>> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      var answers = work.apply(batch.stream().map(Seat::input).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).serve(answers.get(i), null);
      }
    } catch (RuntimeException e) {
      if (batch.size() == 1 || hopeless.test(e)) {
        batch.forEach(seat -> seat.serve(null, e));
      } else {
        serveEachAlone(batch);
      }
    } finally {
      // Only an Error leaves seats unserved: it belongs to the leader, the others must not hang.
      batch.forEach(Seat::abandon);
    }
  }

  private void serveEachAlone(List<Seat<I, O>> batch) {
    RuntimeException down = null;
    for (var seat : batch) {
      if (down == null) {
        serve(List.of(seat));
        var failure = seat.failure;
        down = failure != null && hopeless.test(failure) ? failure : null;
      } else {
        seat.serve(null, down);
      }
    }
  }

  /** One caller's place in the queue. */
  private static final class Seat<I, O> {

    private final I input;
    private final long since;
    private final CountDownLatch turn = new CountDownLatch(1);
    private volatile boolean served;
    private volatile @Nullable O answer;
    private volatile @Nullable RuntimeException failure;

    Seat(I input, long since) {
      this.input = input;
      this.since = since;
    }

    I input() {
      return input;
    }

    boolean served() {
      return served;
    }

    /**
     * Until the seat is served, or its caller is to lead the next batch. Who left earlier would
     * take the lead along.
     *
     * @return whether the caller was interrupted meanwhile
     */
    boolean await() {
      boolean interrupted = false;
      while (turn.getCount() > 0) {
        try {
          turn.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return interrupted;
    }

    void serve(@Nullable O answer, @Nullable RuntimeException failure) {
      this.answer = answer;
      this.failure = failure;
      served = true;
      turn.countDown();
    }

    void abandon() {
      if (!served) {
        serve(null, new IllegalStateException("the batch broke; the outcome is not known"));
      }
    }

    O answer() {
      var thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
      return Objects.requireNonNull(answer);
    }
  }
}
