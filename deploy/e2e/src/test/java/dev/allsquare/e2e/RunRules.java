package dev.allsquare.e2e;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.stream.Stream;

/** Whether a run proves anything: a campaign that did nothing finds nothing. */
final class RunRules {

  /** From the healing of the last fault until everything is square. */
  static final Duration HEALING = Duration.ofSeconds(60);

  private static final double ENOUGH_CONFIRMED = 0.99;

  private RunRules() {}

  /** A system that refuses or ignores everything balances its books, too. */
  static Stream<String> notConfirmed(Snapshot snapshot) {
    var confirmed =
        snapshot.orders().stream()
            .filter(order -> order.status().equals("CONFIRMED"))
            .map(Snapshot.Order::id)
            .collect(toSet());
    var served =
        snapshot.told().stream()
            .filter(told -> confirmed.contains(told.orderId()))
            .map(Snapshot.Told::key)
            .collect(toSet());
    var due = snapshot.payable();
    var not = due.stream().filter(wished -> !served.contains(wished.key())).toList();
    if (due.isEmpty()) {
      return Stream.of("nobody wanted anything");
    }
    return not.size() > (1 - ENOUGH_CONFIRMED) * due.size()
        ? Stream.of("%d of %d were not confirmed: %s".formatted(not.size(), due.size(), not))
        : Stream.empty();
  }

  static Stream<String> late(Snapshot snapshot) {
    return snapshot.restless().compareTo(HEALING) > 0
        ? Stream.of("not at rest after " + snapshot.restless().toSeconds() + " s")
        : Stream.empty();
  }

  static Stream<String> failed(Snapshot snapshot) {
    return snapshot.suffered().stream()
        .filter(suffered -> !suffered.failure().isEmpty())
        .map(Snapshot.Suffered::toString);
  }

  static Stream<String> tooLong(Snapshot snapshot) {
    return snapshot.suffered().stream()
        .filter(suffered -> suffered.lasted().compareTo(Schedule.LONGEST) > 0)
        .map(Snapshot.Suffered::toString);
  }

  static Stream<String> notInjected(Snapshot snapshot) {
    var injected =
        snapshot.suffered().stream()
            .filter(suffered -> suffered.failure().isEmpty() && suffered.extent() > 0)
            .map(Snapshot.Suffered::kind)
            .collect(toSet());
    return snapshot.claimed().stream().filter(kind -> !injected.contains(kind));
  }
}
