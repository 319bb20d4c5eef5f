package dev.allsquare.e2e;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does many things at once. */
final class Parallel {

  private Parallel() {}

  /** Does all of them at the same time, and returns what came of each in order. */
  static <T> List<T> each(int times, IntFunction<T> what) {
    return each(times, times, what);
  }

  /** Does all of them, so many at a time. */
  static <T> List<T> each(int times, int atATime, IntFunction<T> what) {
    try (var threads = Executors.newFixedThreadPool(atATime, Thread.ofVirtual().factory())) {
      var calls =
          IntStream.range(0, times).<Callable<T>>mapToObj(i -> () -> what.apply(i)).toList();
      return threads.invokeAll(calls).stream().map(Parallel::result).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static <T> T result(Future<T> done) {
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
