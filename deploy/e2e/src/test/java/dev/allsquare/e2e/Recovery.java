package dev.allsquare.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * How soon the system is well again. A fault is over with when every order that was accepted before
 * it was healed has ended and, while customers still come, one that was accepted after it has, too.
 * Other faults of the same storm may still last: what they cost counts.
 */
final class Recovery {

  private record Healed(String kind, long nanos) {}

  private static final int WINDOW_MILLIS = 5_000;

  private final ConcurrentSkipListMap<Long, String> accepted = new ConcurrentSkipListMap<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Healed> healed = new ConcurrentLinkedQueue<>();
  private final Map<String, List<Long>> millisByKind = new TreeMap<>();
  private final Map<Long, Integer> endedByWindow = new TreeMap<>();
  private final long begun = System.nanoTime();
  private int ended;

  void accepted(String orderId) {
    if (known.add(orderId)) {
      accepted.put(System.nanoTime(), orderId);
    }
  }

  void healed(Fault fault) {
    healed.add(new Healed(fault.kind(), System.nanoTime()));
  }

  int acceptedSoFar() {
    return accepted.size();
  }

  synchronized int endedSoFar() {
    return ended;
  }

  /**
   * @param live the orders that have not ended, just read
   * @param open whether customers still come
   */
  synchronized void look(Set<String> live, long read, boolean open) {
    var before = accepted.headMap(read);
    int now = (int) before.values().stream().filter(id -> !live.contains(id)).count();
    if (now > ended) {
      endedByWindow.merge((read - begun) / 1_000_000 / WINDOW_MILLIS, now - ended, Integer::sum);
      ended = now;
    }
    healed.removeIf(
        each -> {
          boolean well =
              each.nanos < read
                  && before.headMap(each.nanos).values().stream().noneMatch(live::contains)
                  && (!open
                      || before.tailMap(each.nanos).values().stream()
                          .anyMatch(id -> !live.contains(id)));
          if (well) {
            millisByKind
                .computeIfAbsent(each.kind, kind -> new ArrayList<>())
                .add((read - each.nanos) / 1_000_000);
          }
          return well;
        });
  }

  /** Faults that the system has not got over yet. */
  int pending() {
    return healed.size();
  }

  synchronized String byKind() {
    var text = new StringBuilder();
    var all = new ArrayList<Long>();
    millisByKind.forEach(
        (kind, millis) -> {
          all.addAll(millis);
          text.append("\n  ").append(line(kind, millis));
        });
    return line("recovery", all) + text;
  }

  /** The five seconds in which the fewest orders ended, beside what is usual. */
  synchronized String dip(long lastWindow) {
    var windows = new ArrayList<Integer>();
    for (long window = 1; window < lastWindow; window++) {
      windows.add(endedByWindow.getOrDefault(window, 0));
    }
    windows.sort(null);
    return windows.isEmpty()
        ? "-"
        : "worst 5 s %.1f/s, median %.1f/s"
            .formatted(windows.getFirst() / 5.0, windows.get(windows.size() / 2) / 5.0);
  }

  long window() {
    return (System.nanoTime() - begun) / 1_000_000 / WINDOW_MILLIS;
  }

  private static String line(String name, List<Long> millis) {
    var sorted = millis.stream().sorted().toList();
    return sorted.isEmpty()
        ? name + " -"
        : "%s (%d): p50 %.1f s, p99 %.1f s, max %.1f s"
            .formatted(
                name, sorted.size(), at(sorted, 0.5), at(sorted, 0.99), sorted.getLast() / 1e3);
  }

  private static double at(List<Long> sorted, double quantile) {
    return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1) / 1e3;
  }
}
