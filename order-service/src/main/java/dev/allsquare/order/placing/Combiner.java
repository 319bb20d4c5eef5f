package dev.allsquare.order.placing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent callers share one piece of work. Whoever finds no batch under way leads one for
 * all that queued meanwhile, and then hands the lead to the first who queued since: alone, nobody
 * waits; in a crowd, the batch is what came while the last one ran.
 */
final class Combiner<I, O> {

  private final int limit;
  private final Function<List<I>, List<O>> work;
  private final Predicate<RuntimeException> hopeless;
  private final Queue<Seat<I, O>> queue = new ArrayDeque<>();
  private boolean underWay;

  /**
   * A combiner.
   *
   * @param work answers a batch, in its order, all or nothing
   * @param hopeless failures that say nothing about one input, so that trying each alone is vain
   */
  Combiner(int limit, Function<List<I>, List<O>> work, Predicate<RuntimeException> hopeless) {
    this.limit = limit;
    this.work = work;
    this.hopeless = hopeless;
  }

  /** The answer to this input, or the exception that working on it alone threw. */
  O submit(I input) {
    var seat = new Seat<I, O>(input);
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
      batch.add(queue.remove());
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
    private final CountDownLatch turn = new CountDownLatch(1);
    private volatile boolean served;
    private volatile @Nullable O answer;
    private volatile @Nullable RuntimeException failure;

    Seat(I input) {
      this.input = input;
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
