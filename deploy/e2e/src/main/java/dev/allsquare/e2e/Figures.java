package dev.allsquare.e2e;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** How long orders took from being due to being told their end, and what the end was. */
final class Figures {

  private record Sample(String outcome, long nanos) {}

  private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final long begun = System.nanoTime();

  void took(String outcome, long nanos) {
    samples.add(new Sample(outcome, nanos));
  }

  Map<String, Integer> outcomes() {
    var outcomes = new TreeMap<String, Integer>();
    samples.forEach(sample -> outcomes.merge(sample.outcome, 1, Integer::sum));
    return outcomes;
  }

  /** One line, to be taken once all orders have ended. */
  @Override
  public String toString() {
    var elapsed = Duration.ofNanos(System.nanoTime() - begun);
    var sorted = samples.stream().mapToLong(Sample::nanos).sorted().toArray();
    return "%d orders in %.1f s = %.0f sagas/s; p50 %s, p95 %s, p99 %s, p99.9 %s, max %s ms; %s"
        .formatted(
            sorted.length,
            elapsed.toMillis() / 1e3,
            sorted.length * 1e3 / Math.max(1, elapsed.toMillis()),
            millis(sorted, 0.50),
            millis(sorted, 0.95),
            millis(sorted, 0.99),
            millis(sorted, 0.999),
            millis(sorted, 1.0),
            outcomes());
  }

  private static String millis(long[] sorted, double quantile) {
    if (sorted.length == 0) {
      return "-";
    }
    int index = (int) Math.ceil(quantile * sorted.length) - 1;
    return String.format(
        "%.1f", sorted[Math.max(0, index)] / (double) TimeUnit.MILLISECONDS.toNanos(1));
  }
}
