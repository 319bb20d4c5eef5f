package dev.allsquare.e2e;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a campaign is going to do; the same plan does the same again.
 *
 * @param rate orders per second
 * @param without kinds of faults that are left out, because this machine cannot have them
 */
record Plan(long seed, int orders, int faults, int rate, Set<String> without) {

  private static final int SEEDS = 1_000_000;

  Plan {
    var unknown = new TreeSet<>(without);
    unknown.removeAll(Fault.kinds());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "There are no faults called %s; there are %s".formatted(unknown, Fault.kinds()));
    }
    without = Set.copyOf(new TreeSet<>(without));
  }

  /** {@code [seed=N] [without=Kind,Kind] [--long]}. */
  static Plan of(String... arguments) {
    long seed =
        values("seed=", arguments).stream()
            .map(Long::valueOf)
            .findFirst()
            .orElseGet(() -> System.currentTimeMillis() % SEEDS);
    var without = Set.copyOf(values("without=", arguments));
    return List.of(arguments).contains("--long")
        ? new Plan(seed, 20_000, 300, 18, without)
        : new Plan(seed, 2_000, 60, 10, without);
  }

  private static List<String> values(String name, String... arguments) {
    return Arrays.stream(arguments)
        .filter(each -> each.startsWith(name))
        .flatMap(each -> Arrays.stream(each.substring(name.length()).split(",")))
        .toList();
  }

  /** From the first order to the last. */
  Duration length() {
    return Duration.ofSeconds(orders / rate);
  }

  /** The kinds of faults that have to come. */
  Set<String> kinds() {
    return Fault.kinds().stream()
        .filter(kind -> !without.contains(kind))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What has to be given to do it again. */
  String replay() {
    return "deploy/e2e/campaign seed=%d%s%s"
        .formatted(
            seed,
            without.isEmpty() ? "" : " without=" + String.join(",", new TreeSet<>(without)),
            orders == of("--long").orders ? " --long" : "");
  }
}
