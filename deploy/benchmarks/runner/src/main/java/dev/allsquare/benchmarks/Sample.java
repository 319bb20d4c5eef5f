package dev.allsquare.benchmarks;

import java.util.List;
import java.util.Map;

/** What one run of one variant gave; void when there are complaints. */
record Sample(
    String benchmark, Variant variant, Map<String, Double> figures, List<String> complaints) {

  boolean isVoid() {
    return !complaints.isEmpty();
  }
}
