package dev.allsquare.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a campaign says of itself: one line that counts, and what is behind it. */
record Report(
    Plan plan, Snapshot snapshot, Map<Checker, List<String>> complaints, Repetitions repetitions) {

  /**
   * How often consumers were given what they had already.
   *
   * @param written records that the topics hold again
   * @param rewound records that were read again after offsets were reset
   */
  record Repetitions(long written, long rewound) {}

  private static final int SHOWN = 5;

  /** What a repetition that was not absorbed breaks. */
  private static final Set<Checker> BROKEN_BY_REPETITION =
      Set.of(
          Checker.CHARGED_WRONGLY,
          Checker.STOCK_NOT_CONSERVED,
          Checker.RESERVATION_OUT_OF_PLACE,
          Checker.LEDGER_NOT_ZERO,
          Checker.KEY_WITH_TWO_ORDERS,
          Checker.EVENTS_DIFFER_FROM_COMMITS,
          Checker.EVENTS_OUT_OF_ORDER,
          Checker.TOPIC_NOT_READ);

  String text(Recovery recovery, long lastWindow) {
    var text = new StringBuilder(line(recovery.dip(lastWindow)));
    text.append("\n  ").append(recovery.byKind());
    if (!plan.without().isEmpty()) {
      text.append("\n  WITHOUT ").append(plan.without());
    }
    complaints.forEach(
        (rule, found) ->
            text.append(
                "\n  %s (%d): %s"
                    .formatted(rule, found.size(), found.stream().limit(SHOWN).toList())));
    return text.toString();
  }

  private String line(String dip) {
    return ("Campaign: %s, seed %d: %d of %d orders accepted, %d of %d payable ones confirmed, sagas %s; "
            + "%d faults %s, the longest %.1f s; %d lost, %d double-charged, %d oversold, ledger %s; "
            + "%d duplicates on the topics and %d records read again, %s; %s; square %.1f s after the last fault")
        .formatted(
            complaints.isEmpty() ? "ALL SQUARE" : "NOT SQUARE",
            plan.seed(),
            snapshot.orders().size(),
            snapshot.wished().size(),
            confirmed(),
            snapshot.payable().size(),
            sagas(),
            snapshot.suffered().size(),
            faults(),
            snapshot.suffered().stream().mapToLong(each -> each.lasted().toMillis()).max().orElse(0)
                / 1e3,
            count(Checker.LOST),
            count(Checker.CHARGED_WRONGLY),
            count(Checker.STOCK_NOT_CONSERVED),
            count(Checker.LEDGER_NOT_ZERO) == 0 ? "0" : "off",
            repetitions.written(),
            repetitions.rewound(),
            complaints.keySet().stream().noneMatch(BROKEN_BY_REPETITION::contains)
                ? "all absorbed"
                : "NOT all absorbed",
            dip,
            snapshot.restless().toMillis() / 1e3);
  }

  private long confirmed() {
    var confirmed = new HashSet<String>();
    snapshot.orders().stream()
        .filter(order -> order.status().equals("CONFIRMED"))
        .forEach(order -> confirmed.add(order.id()));
    return snapshot.told().stream()
        .filter(told -> told.kind().mustBeConfirmed() && confirmed.contains(told.orderId()))
        .map(Snapshot.Told::key)
        .distinct()
        .count();
  }

  private Map<String, Long> sagas() {
    return snapshot.sagas().stream()
        .collect(groupingBy(Snapshot.Saga::state, TreeMap::new, counting()));
  }

  private Map<String, Long> faults() {
    return snapshot.suffered().stream()
        .filter(suffered -> suffered.failure().isEmpty() && suffered.extent() > 0)
        .collect(groupingBy(Snapshot.Suffered::kind, TreeMap::new, counting()));
  }

  private int count(Checker rule) {
    return complaints.getOrDefault(rule, List.of()).size();
  }
}
