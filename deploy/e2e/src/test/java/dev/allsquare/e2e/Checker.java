package dev.allsquare.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What has to hold when a campaign has come to rest: pure rules over a {@link Snapshot}. */
enum Checker {
  LOST(Checker::lost),
  UNSETTLED(Checker::unsettled),
  PARKED(Checker::parked),
  LATE(RunRules::late),
  NOT_CONFIRMED(RunRules::notConfirmed),
  CHARGED_WRONGLY(Checker::chargedWrongly),
  STOCK_NOT_CONSERVED(Checker::stock),
  RESERVATION_OUT_OF_PLACE(Checker::reservations),
  LEDGER_NOT_ZERO(Checker::ledger),
  KEY_WITH_TWO_ORDERS(Checker::keys),
  EVENTS_DIFFER_FROM_COMMITS(Checker::events),
  EVENTS_OUT_OF_ORDER(Checker::ascending),
  COMMANDS_DIFFER_FROM_SAGAS(Checker::commands),
  OUTBOX_NOT_DRAINED(snapshot -> notZero(snapshot.outboxes())),
  TOPIC_NOT_READ(snapshot -> notZero(snapshot.unread())),
  DEAD_LETTERS_DIFFER_FROM_POISON(Checker::deadLetters),
  INCONSISTENT_BY_ITS_OWN_ACCOUNT(snapshot -> snapshot.own().stream()),
  FAULT_FAILED(RunRules::failed),
  FAULT_TOO_LONG(RunRules::tooLong),
  FAULT_NOT_INJECTED(RunRules::notInjected);

  private static final Set<String> ENDS = Set.of("CONFIRMED", "REJECTED", "CANCELLED");

  @SuppressWarnings("ImmutableEnumChecker") // references to methods, which hold nothing
  private final Function<Snapshot, Stream<String>> violations;

  Checker(Function<Snapshot, Stream<String>> violations) {
    this.violations = violations;
  }

  /** Each broken rule with what broke it. */
  static Map<Checker, List<String>> complaints(Snapshot snapshot) {
    var complaints = new TreeMap<Checker, List<String>>();
    for (var rule : values()) {
      var found = rule.violations.apply(snapshot).toList();
      if (!found.isEmpty()) {
        complaints.put(rule, found);
      }
    }
    return complaints;
  }

  /** What was accepted is there. */
  private static Stream<String> lost(Snapshot snapshot) {
    var known = snapshot.orders().stream().map(Snapshot.Order::id).collect(toSet());
    return snapshot.told().stream()
        .filter(told -> !known.contains(told.orderId()))
        .map(Snapshot.Told::toString);
  }

  /** Order and sagas have ended, and agree. */
  private static Stream<String> unsettled(Snapshot snapshot) {
    var sagas =
        snapshot.sagas().stream()
            .collect(
                groupingBy(
                    Snapshot.Saga::orderId,
                    mapping(saga -> saga.type() + " " + saga.state(), toList())));
    return snapshot.orders().stream()
        .filter(order -> !isSettled(order, sagas.getOrDefault(order.id(), List.of())))
        .map(order -> order + " " + sagas.get(order.id()));
  }

  private static boolean isSettled(Snapshot.Order order, List<String> sagas) {
    return switch (order.status()) {
      case "CONFIRMED" -> sagas.equals(List.of("PlaceOrder COMPLETED"));
      case "REJECTED" -> sagas.equals(List.of("PlaceOrder COMPENSATED"));
      case "CANCELLED" ->
          sagas.equals(List.of("PlaceOrder COMPENSATED"))
              || (sagas.size() == 2
                  && Set.copyOf(sagas)
                      .equals(Set.of("CancelOrder COMPLETED", "PlaceOrder COMPLETED")));
      default -> false;
    };
  }

  private static Stream<String> parked(Snapshot snapshot) {
    return snapshot.sagas().stream()
        .filter(saga -> saga.state().equals("PARKED"))
        .map(Snapshot.Saga::toString);
  }

  /** What the merchant got for an order is its price while it stands, and nothing otherwise. */
  private static Stream<String> chargedWrongly(Snapshot snapshot) {
    var earned =
        snapshot.entries().stream()
            .filter(entry -> entry.account().equals("MERCHANT"))
            .collect(
                groupingBy(
                    entry -> entry.orderId() + " " + entry.currency(),
                    summingLong(Snapshot.Entry::minor)));
    var due = new TreeMap<String, Long>();
    for (var order : snapshot.orders()) {
      due.put(
          order.id() + " " + order.currency(),
          order.status().equals("CONFIRMED") ? order.minor() : 0);
    }
    earned.keySet().forEach(key -> due.putIfAbsent(key, 0L));
    var held =
        snapshot.payments().stream()
            .filter(payment -> payment.state().equals("AUTHORIZED"))
            .map(payment -> "still held: " + payment);
    return Stream.concat(
        held,
        due.entrySet().stream()
            .filter(each -> Math.abs(earned.getOrDefault(each.getKey(), 0L)) != each.getValue())
            .map(
                each ->
                    "%s: earned %d, due %d"
                        .formatted(
                            each.getKey(),
                            earned.getOrDefault(each.getKey(), 0L),
                            each.getValue())));
  }

  /** What came is on the shelf or was sold, and nothing is held any more. */
  private static Stream<String> stock(Snapshot snapshot) {
    var sold = new TreeMap<String, Long>();
    snapshot.reservations().stream()
        .filter(reservation -> reservation.state().equals("COMMITTED"))
        .forEach(
            reservation ->
                reservation.lines().forEach((sku, pieces) -> sold.merge(sku, pieces, Long::sum)));
    return snapshot.shelves().stream()
        .filter(
            shelf ->
                shelf.onHand() < 0
                    || shelf.reserved() != 0
                    || shelf.onHand() != shelf.came() - sold.getOrDefault(shelf.sku(), 0L))
        .map(shelf -> shelf + ", sold " + sold.getOrDefault(shelf.sku(), 0L));
  }

  /** Pieces are gone for good under a confirmed order, and under no other. */
  private static Stream<String> reservations(Snapshot snapshot) {
    var states =
        snapshot.reservations().stream()
            .collect(
                groupingBy(
                    Snapshot.Reservation::orderId, mapping(Snapshot.Reservation::state, toList())));
    var orders = snapshot.orders().stream().map(Snapshot.Order::id).collect(toSet());
    var foreign =
        states.keySet().stream().filter(id -> !orders.contains(id)).map(id -> "no order " + id);
    return Stream.concat(
        foreign,
        snapshot.orders().stream()
            .filter(order -> ENDS.contains(order.status()))
            .filter(
                order -> {
                  var found = states.getOrDefault(order.id(), List.of());
                  return order.status().equals("CONFIRMED")
                      ? !found.equals(List.of("COMMITTED"))
                      : found.contains("COMMITTED") || found.contains("HELD");
                })
            .map(order -> order + " " + states.get(order.id())));
  }

  private static Stream<String> ledger(Snapshot snapshot) {
    return Stream.concat(
        off(snapshot, entry -> "movement " + entry.movement() + " " + entry.currency()),
        off(snapshot, entry -> "all of " + entry.currency()));
  }

  private static Stream<String> off(Snapshot snapshot, Function<Snapshot.Entry, String> group) {
    return snapshot.entries().stream()
        .collect(groupingBy(group, summingLong(Snapshot.Entry::minor)))
        .entrySet()
        .stream()
        .filter(sum -> sum.getValue() != 0)
        .map(sum -> sum.getKey() + " is off by " + sum.getValue());
  }

  private static Stream<String> keys(Snapshot snapshot) {
    var byKey =
        snapshot.told().stream()
            .collect(groupingBy(Snapshot.Told::key, mapping(Snapshot.Told::orderId, toSet())));
    return byKey.entrySet().stream()
        .filter(key -> key.getValue().size() > 1)
        .map(Map.Entry::toString);
  }

  /** Whatever was committed was told, and whatever was told was committed. */
  private static Stream<String> events(Snapshot snapshot) {
    var told = new HashSet<>(snapshot.events());
    var committed = new HashSet<>(snapshot.committed());
    return Stream.concat(
        snapshot.committed().stream()
            .filter(change -> !told.contains(change))
            .map(change -> "not told: " + change),
        snapshot.events().stream()
            .filter(change -> !committed.contains(change))
            .map(change -> "never committed: " + change));
  }

  /** First occurrences count from 1 without a gap, in the order of the log. */
  private static Stream<String> ascending(Snapshot snapshot) {
    var byKey =
        snapshot.events().stream()
            .collect(
                groupingBy(
                    change -> change.topic() + " of " + change.orderId(),
                    mapping(Snapshot.Change::version, toList())));
    return byKey.entrySet().stream()
        .filter(each -> !isGapless(each.getValue()))
        .map(Map.Entry::toString);
  }

  private static boolean isGapless(List<Long> versions) {
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i) != i + 1) {
        return false;
      }
    }
    return true;
  }

  /** No command without a saga, and no completed saga without its commands. */
  private static Stream<String> commands(Snapshot snapshot) {
    var sagas = snapshot.sagas().stream().map(Snapshot.Saga::id).collect(toSet());
    var steps =
        snapshot.commands().stream()
            .filter(command -> command.direction().equals("ACTION"))
            .collect(
                groupingBy(Snapshot.Command::sagaId, mapping(Snapshot.Command::step, toSet())));
    return Stream.concat(
        snapshot.commands().stream()
            .filter(command -> !sagas.contains(command.sagaId()))
            .map(command -> "no saga: " + command),
        snapshot.sagas().stream()
            .filter(saga -> saga.state().equals("COMPLETED"))
            .filter(
                saga -> !steps.getOrDefault(saga.id(), Set.of()).containsAll(steps(saga.type())))
            .map(saga -> saga + " sent only " + steps.get(saga.id())));
  }

  private static Set<String> steps(String type) {
    return type.equals("PlaceOrder")
        ? Set.of("reserveStock", "authorizePayment", "capturePayment", "commitReservation")
        : Set.of("refundPayment", "restock");
  }

  private static Stream<String> notZero(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .filter(count -> count.getValue() != 0)
        .map(Map.Entry::toString);
  }

  private static Stream<String> deadLetters(Snapshot snapshot) {
    var complaints = new ArrayList<String>();
    snapshot.deadLetters().stream()
        .collect(groupingBy(each -> each, counting()))
        .forEach(
            (letter, times) -> {
              if (times != 1 || !snapshot.poison().contains(letter)) {
                complaints.add("%s is a dead letter %d times".formatted(letter, times));
              }
            });
    snapshot.poison().stream()
        .filter(each -> !snapshot.deadLetters().contains(each))
        .forEach(each -> complaints.add(each + " is no dead letter"));
    return complaints.stream();
  }
}
