package dev.allsquare.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keys whose last send failed, each with its own exponential backoff, so that the keys of a
 * partition without a leader are not tried in every round. Each select still has to go past them;
 * where a topic has too many of them, {@link Detour} goes past the topic.
 */
final class Holds {

  private record Hold(long until, long pause) {}

  private final long first;
  private final long longest;
  private final LongSupplier nanoTime;
  private final Map<Row.Key, Hold> holds = new HashMap<>();

  Holds(Duration first, Duration longest, LongSupplier nanoTime) {
    this.first = first.toNanos();
    this.longest = longest.toNanos();
    this.nanoTime = nanoTime;
  }

  void backOff(Row.Key key) {
    var before = holds.get(key);
    long pause = before == null ? first : Math.min(longest, 2 * before.pause());
    holds.put(key, new Hold(nanoTime.getAsLong() + pause, pause));
  }

  void forget(Row.Key key) {
    holds.remove(key);
  }

  List<Row.Key> waiting() {
    long now = nanoTime.getAsLong();
    return holds.entrySet().stream()
        .filter(hold -> hold.getValue().until() - now > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Drops keys that nobody has asked for since long: another relay has them now. */
  void prune() {
    long old = nanoTime.getAsLong() - 2 * longest;
    holds.values().removeIf(hold -> hold.until() - old < 0);
  }
}
