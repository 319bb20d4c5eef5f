package dev.allsquare.e2e;

import java.time.Duration;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what must come true, and when it does not says everything that explains why. */
final class Eventually {

  /** Only what never happens may fail: a timeout, a rebalance and a busy machine all fit in. */
  static final Duration SOON = Duration.ofSeconds(60);

  private Eventually() {}

  /**
   * Repeats the assertion until it holds.
   *
   * @param report what to print when it never does, taken at that moment
   */
  static void holds(Duration within, Supplier<String> report, ThrowingRunnable assertion) {
    try {
      Awaitility.await()
          .atMost(within)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(25))
          .pollInSameThread()
          .untilAsserted(assertion);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + report.get(), e);
    }
  }
}
