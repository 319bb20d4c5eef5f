package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A sound snapshot passes, and each rule notices what it is there for. */
class CheckerTest {

  private final Snapshot sound = sound();

  @Test
  void aSoundSnapshotPasses() {
    assertThat(Checker.complaints(sound)).isEmpty();
  }

  @Test
  void anAcceptedOrderThatIsNotThereIsLost() {
    finds(
        Checker.LOST, it -> it.told().add(new Snapshot.Told("key-9", Wish.Kind.CANCELLED, "gone")));
  }

  @Test
  void anOrderThatHasNotEndedOrEndedOtherwiseThanItsSagaIsUnsettled() {
    finds(
        Checker.UNSETTLED,
        it -> it.orders().set(2, new Snapshot.Order("cancelled", "CANCELLING", 500, "EUR")));
    finds(
        Checker.UNSETTLED,
        it -> it.orders().set(1, new Snapshot.Order("rejected", "CANCELLED", 500, "EUR")),
        it -> it.sagas().set(1, new Snapshot.Saga("s2", "rejected", "PlaceOrder", "COMPENSATING")));
  }

  @Test
  void aParkedSagaIsFound() {
    finds(
        Checker.PARKED,
        it -> it.sagas().set(1, new Snapshot.Saga("s2", "rejected", "PlaceOrder", "PARKED")));
  }

  @Test
  void aSystemThatRefusesOrIgnoresWhatCouldBePaidIsFound() {
    finds(
        Checker.NOT_CONFIRMED,
        it -> it.orders().set(0, new Snapshot.Order("confirmed", "REJECTED", 500, "EUR")));
    finds(Checker.NOT_CONFIRMED, it -> it.told().clear());
    finds(
        Checker.NOT_CONFIRMED,
        it -> it.wished().add(new Snapshot.Wished("unheard", Wish.Kind.PAYABLE)));
  }

  @Test
  void oneInAHundredMayFail() {
    var enough = copy(sound, Duration.ZERO);
    for (int i = 0; i < 98; i++) {
      enough.wished().add(new Snapshot.Wished("key-1", Wish.Kind.PAYABLE));
    }
    enough.wished().add(new Snapshot.Wished("unheard", Wish.Kind.PAYABLE));
    assertThat(Checker.complaints(enough)).isEmpty();
    enough.wished().removeFirst();
    assertThat(Checker.complaints(enough)).containsOnlyKeys(Checker.NOT_CONFIRMED);
  }

  @Test
  void aCampaignInWhichNobodyWantedAnythingProvesNothing() {
    finds(Checker.NOT_CONFIRMED, it -> it.wished().clear());
  }

  @Test
  void whatTakesLongerThanAMinuteIsLate() {
    assertThat(Checker.complaints(copy(sound, Duration.ofSeconds(60)))).isEmpty();
    assertThat(Checker.complaints(copy(sound, Duration.ofMillis(60_001))))
        .containsOnlyKeys(Checker.LATE);
  }

  @Test
  void aFaultThatCouldNotBeDoneOrHealedIsFound() {
    finds(
        Checker.FAULT_FAILED, it -> it.suffered().add(suffered("KillBroker", 1, 1, "not started")));
  }

  @Test
  void aFaultThatOutlastsWhatIsPromisedIsFound() {
    finds(Checker.FAULT_TOO_LONG, it -> it.suffered().add(suffered("KillBroker", 15_001, 1, "")));
  }

  @Test
  void aKindThatNeverCameOrFailedOrHitNothingIsFound() {
    finds(Checker.FAULT_NOT_INJECTED, it -> it.suffered().clear());
    finds(
        Checker.FAULT_NOT_INJECTED,
        it -> it.suffered().set(0, suffered("KillBroker", 1, 1, "not started")));
    finds(Checker.FAULT_NOT_INJECTED, it -> it.suffered().set(0, suffered("KillBroker", 1, 0, "")));
  }

  @Test
  void whatNobodyHasReadIsFound() {
    finds(Checker.TOPIC_NOT_READ, it -> it.unread().put("payment.commands", 1L));
  }

  @Test
  void anOrderThatWasChargedTwiceOrNotAtAllOrNotRefundedIsFound() {
    finds(Checker.CHARGED_WRONGLY, it -> pair(it, "m9", "HELD", "MERCHANT", "confirmed", 500));
    finds(
        Checker.CHARGED_WRONGLY,
        it -> it.entries().removeIf(entry -> entry.movement().equals("m2")));
    finds(
        Checker.CHARGED_WRONGLY,
        it -> it.entries().removeIf(entry -> entry.movement().equals("m4")));
  }

  @Test
  void moneyThatIsStillHeldIsFound() {
    finds(
        Checker.CHARGED_WRONGLY,
        it -> it.payments().add(new Snapshot.Payment("rejected", "AUTHORIZED", 500, "EUR")));
  }

  @Test
  void piecesThatVanishedOrAreStillHeldOrOversoldAreFound() {
    finds(
        Checker.STOCK_NOT_CONSERVED,
        it -> it.shelves().set(0, new Snapshot.Shelf("TEA", 7, 0, 10)));
    finds(
        Checker.STOCK_NOT_CONSERVED,
        it -> it.shelves().set(0, new Snapshot.Shelf("TEA", 8, 1, 10)));
    finds(
        Checker.STOCK_NOT_CONSERVED,
        it -> it.shelves().set(0, new Snapshot.Shelf("TEA", -1, 0, 1)));
  }

  @Test
  void aReservationUnderAnOrderThatShouldHaveNoneIsFound() {
    finds(
        Checker.RESERVATION_OUT_OF_PLACE,
        it -> it.reservations().set(1, new Snapshot.Reservation("rejected", "HELD", Map.of())));
    finds(
        Checker.RESERVATION_OUT_OF_PLACE,
        it -> it.reservations().add(new Snapshot.Reservation("nobody's", "HELD", Map.of())));
    finds(
        Checker.RESERVATION_OUT_OF_PLACE,
        it ->
            it.reservations()
                .set(0, new Snapshot.Reservation("confirmed", "RELEASED", Map.of("TEA", 2L))));
  }

  @Test
  void aMovementThatDoesNotBalanceIsFound() {
    finds(
        Checker.LEDGER_NOT_ZERO,
        it -> it.entries().add(new Snapshot.Entry("m8", "FUNDING", "", "EUR", 1)));
    finds(
        Checker.LEDGER_NOT_ZERO,
        it -> it.entries().add(new Snapshot.Entry("m8", "FUNDING", "", "EUR", 1)),
        it -> it.entries().add(new Snapshot.Entry("m9", "AVAILABLE", "", "EUR", -1)));
  }

  @Test
  void twoOrdersUnderOneKeyAreFound() {
    finds(
        Checker.KEY_WITH_TWO_ORDERS,
        it -> it.told().add(new Snapshot.Told("key-1", Wish.Kind.REPEATED, "cancelled")));
  }

  @Test
  void aChangeThatWasNotToldOrToldWithoutACommitIsFound() {
    finds(Checker.EVENTS_DIFFER_FROM_COMMITS, it -> it.events().removeLast());
    finds(
        Checker.EVENTS_DIFFER_FROM_COMMITS,
        it -> it.events().add(new Snapshot.Change("order.events", "ghost", 1, "PENDING")));
  }

  @Test
  void eventsWithAGapOrInTheWrongOrderAreFound() {
    finds(Checker.EVENTS_OUT_OF_ORDER, it -> it.events().removeFirst());
    finds(Checker.EVENTS_OUT_OF_ORDER, it -> it.events().addLast(it.events().removeFirst()));
  }

  @Test
  void aCommandWithoutASagaOrASagaWithoutItsCommandIsFound() {
    finds(
        Checker.COMMANDS_DIFFER_FROM_SAGAS,
        it -> it.commands().add(new Snapshot.Command("s99", "reserveStock", "ACTION")));
    finds(
        Checker.COMMANDS_DIFFER_FROM_SAGAS,
        it -> it.commands().removeIf(command -> command.step().equals("capturePayment")));
  }

  @Test
  void anOutboxWithSomethingInItIsFound() {
    finds(Checker.OUTBOX_NOT_DRAINED, it -> it.outboxes().put("payment-service", 1L));
  }

  @Test
  void aDeadLetterNobodyPlantedOrPoisonThatVanishedOrDiedTwiceIsFound() {
    finds(Checker.DEAD_LETTERS_DIFFER_FROM_POISON, it -> it.deadLetters().add("order.replies#1"));
    finds(Checker.DEAD_LETTERS_DIFFER_FROM_POISON, it -> it.deadLetters().clear());
    finds(
        Checker.DEAD_LETTERS_DIFFER_FROM_POISON,
        it -> it.deadLetters().add(it.deadLetters().getFirst()));
  }

  @Test
  void whatAServiceSaysOfItselfIsHeard() {
    finds(Checker.INCONSISTENT_BY_ITS_OWN_ACCOUNT, it -> it.own().add("the ledger is off"));
  }

  @SafeVarargs
  private void finds(Checker rule, Consumer<Snapshot>... plants) {
    var spoilt = copy(sound, Duration.ZERO);
    for (var plant : plants) {
      plant.accept(spoilt);
    }
    assertThat(Checker.complaints(spoilt)).containsKey(rule);
  }

  private static Snapshot sound() {
    var it =
        new Snapshot(
            new ArrayList<>(),
            new ArrayList<>(),
            Set.of("KillBroker"),
            Duration.ZERO,
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new HashMap<>(),
            new HashMap<>(),
            new ArrayList<>(),
            new HashSet<>(),
            new ArrayList<>());
    it.wished().add(new Snapshot.Wished("key-1", Wish.Kind.REPEATED));
    it.wished().add(new Snapshot.Wished("key-2", Wish.Kind.UNPAYABLE));
    it.wished().add(new Snapshot.Wished("key-3", Wish.Kind.CANCELLED));
    it.suffered().add(suffered("KillBroker", 15_000, 1, ""));
    it.told().add(new Snapshot.Told("key-1", Wish.Kind.REPEATED, "confirmed"));
    it.told().add(new Snapshot.Told("key-2", Wish.Kind.UNPAYABLE, "rejected"));
    it.told().add(new Snapshot.Told("key-3", Wish.Kind.CANCELLED, "cancelled"));
    it.orders().add(new Snapshot.Order("confirmed", "CONFIRMED", 500, "EUR"));
    it.orders().add(new Snapshot.Order("rejected", "REJECTED", 500, "EUR"));
    it.orders().add(new Snapshot.Order("cancelled", "CANCELLED", 500, "EUR"));
    it.sagas().add(new Snapshot.Saga("s1", "confirmed", "PlaceOrder", "COMPLETED"));
    it.sagas().add(new Snapshot.Saga("s2", "rejected", "PlaceOrder", "COMPENSATED"));
    it.sagas().add(new Snapshot.Saga("s3", "cancelled", "PlaceOrder", "COMPLETED"));
    it.sagas().add(new Snapshot.Saga("s4", "cancelled", "CancelOrder", "COMPLETED"));
    it.payments().add(new Snapshot.Payment("confirmed", "CAPTURED", 500, "EUR"));
    it.payments().add(new Snapshot.Payment("cancelled", "REFUNDED", 500, "EUR"));
    pair(it, "m1", "FUNDING", "AVAILABLE", "", 5_000);
    pair(it, "m2", "HELD", "MERCHANT", "confirmed", 500);
    pair(it, "m3", "HELD", "MERCHANT", "cancelled", 500);
    pair(it, "m4", "MERCHANT", "AVAILABLE", "cancelled", 500);
    it.reservations().add(new Snapshot.Reservation("confirmed", "COMMITTED", Map.of("TEA", 2L)));
    it.reservations().add(new Snapshot.Reservation("rejected", "RELEASED", Map.of("TEA", 1L)));
    it.reservations().add(new Snapshot.Reservation("cancelled", "RESTOCKED", Map.of("TEA", 1L)));
    it.shelves().add(new Snapshot.Shelf("TEA", 8, 0, 10));
    for (var order : List.of("confirmed", "rejected")) {
      for (var each : List.of(1L, 2L)) {
        var change = new Snapshot.Change("order.events", order, each, "status " + each);
        it.committed().add(change);
        it.events().add(change);
      }
    }
    for (var saga : List.of("s1", "s3")) {
      for (var step :
          List.of("reserveStock", "authorizePayment", "capturePayment", "commitReservation")) {
        it.commands().add(new Snapshot.Command(saga, step, "ACTION"));
      }
    }
    it.commands().add(new Snapshot.Command("s4", "refundPayment", "ACTION"));
    it.commands().add(new Snapshot.Command("s4", "restock", "ACTION"));
    it.outboxes().put("order-service", 0L);
    it.deadLetters().add("payment.commands@3:17");
    it.poison().add("payment.commands@3:17");
    return it;
  }

  private static void pair(
      Snapshot it, String movement, String from, String to, String order, long minor) {
    it.entries().add(new Snapshot.Entry(movement, from, order, "EUR", -minor));
    it.entries().add(new Snapshot.Entry(movement, to, order, "EUR", minor));
  }

  private static Snapshot.Suffered suffered(String kind, long millis, long extent, String failure) {
    return new Snapshot.Suffered(0, kind, Duration.ofMillis(millis), extent, failure);
  }

  private static Snapshot copy(Snapshot it, Duration restless) {
    return new Snapshot(
        new ArrayList<>(it.wished()),
        new ArrayList<>(it.suffered()),
        it.claimed(),
        restless,
        new ArrayList<>(it.told()),
        new ArrayList<>(it.orders()),
        new ArrayList<>(it.sagas()),
        new ArrayList<>(it.payments()),
        new ArrayList<>(it.entries()),
        new ArrayList<>(it.reservations()),
        new ArrayList<>(it.shelves()),
        new ArrayList<>(it.committed()),
        new ArrayList<>(it.events()),
        new ArrayList<>(it.commands()),
        new HashMap<>(it.outboxes()),
        new HashMap<>(it.unread()),
        new ArrayList<>(it.deadLetters()),
        new HashSet<>(it.poison()),
        new ArrayList<>(it.own()));
  }

  @Test
  void aPoisonThatNobodyPlantedIsNone() {
    finds(Checker.DEAD_LETTERS_DIFFER_FROM_POISON, it -> it.poison().addAll(Set.of("a#1")));
  }
}
