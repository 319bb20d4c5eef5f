package dev.allsquare.benchmarks.kit;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long each took, in nanoseconds, and the quantiles of it in milliseconds. */
final class Latencies {

  private static final double NANOS = 1e6;

  private final ConcurrentLinkedQueue<Long> samples = new ConcurrentLinkedQueue<>();

  void add(long nanos) {
    samples.add(nanos);
  }

  void putInto(Map<String, Double> figures, String name) {
    var sorted = samples.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length > 0) {
      figures.put(name + " p50 ms", at(sorted, 0.50));
      figures.put(name + " p99 ms", at(sorted, 0.99));
      figures.put(name + " max ms", at(sorted, 1.0));
    }
  }

  private static double at(long[] sorted, double quantile) {
    int index = (int) Math.ceil(quantile * sorted.length) - 1;
    return Arrays.stream(sorted).skip(Math.max(0, index)).findFirst().orElse(0) / NANOS;
  }
}
