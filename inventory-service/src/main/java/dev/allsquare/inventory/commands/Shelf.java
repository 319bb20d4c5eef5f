package dev.allsquare.inventory.commands;

import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.inventory.Restock;
import dev.allsquare.inventory.domain.Reservation;
import dev.allsquare.inventory.domain.ReservationRefusal;
import dev.allsquare.inventory.domain.ReservationState;
import dev.allsquare.inventory.domain.ReservedLine;
import dev.allsquare.inventory.domain.Stock;
import dev.allsquare.participant.Answer;
import dev.allsquare.participant.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What one batch of commands works on: every reservation and stock it touches, locked. */
final class Shelf {

  private final Map<UUID, Reservation> reservations;
  private final Map<String, Stock> stocks;
  private final Instant now;
  private final Set<Reservation> added = new LinkedHashSet<>();
  private final List<Change> changes = new ArrayList<>();

  /** A reservation reached a state, because of a command. */
  record Change(Command<?> cause, Reservation reservation, ReservationState state) {}

  private interface Transition {
    boolean apply(Reservation reservation, Map<String, Stock> stocks, Instant at);
  }

  Shelf(Map<UUID, Reservation> reservations, Map<String, Stock> stocks, Instant now) {
    this.reservations = reservations;
    this.stocks = stocks;
    this.now = now;
  }

  Answer reserve(Command<ReserveStock> command) {
    var order = command.body().orderId();
    var known = reservations.get(order);
    if (known != null) {
      return known.state() == ReservationState.HELD ? Answer.done() : refused(known.state());
    }
    var held = Reservation.hold(order, lines(command.body()), stocks, now);
    held.ifPresent(reservation -> add(command, reservation));
    return held.isPresent() ? Answer.done() : Answer.refused(Inventory.OUT_OF_STOCK);
  }

  Answer release(Command<ReleaseStock> command) {
    return change(command, command.body().orderId(), Reservation::release);
  }

  Answer commit(Command<CommitReservation> command) {
    return change(command, command.body().orderId(), Reservation::commit);
  }

  Answer restock(Command<Restock> command) {
    return change(command, command.body().orderId(), Reservation::restock);
  }

  Set<Reservation> added() {
    return added;
  }

  List<Change> changes() {
    return changes;
  }

  /** Those that were there before, each once. */
  List<Reservation> changed() {
    return changes.stream()
        .map(Change::reservation)
        .filter(reservation -> !added.contains(reservation))
        .distinct()
        .toList();
  }

  /** Every change moves pieces of all its lines. */
  List<Stock> touched() {
    return changes.stream()
        .flatMap(change -> change.reservation().lines().stream())
        .map(ReservedLine::sku)
        .distinct()
        .map(sku -> Objects.requireNonNull(stocks.get(sku)))
        .toList();
  }

  private void add(Command<?> cause, Reservation reservation) {
    reservations.put(reservation.orderId(), reservation);
    added.add(reservation);
    changes.add(new Change(cause, reservation, reservation.state()));
  }

  private Answer change(Command<?> cause, UUID order, Transition transition) {
    var reservation = reservations.get(order);
    if (reservation == null) {
      return Answer.refused("RESERVATION_UNKNOWN");
    }
    try {
      if (transition.apply(reservation, stocks, now)) {
        changes.add(new Change(cause, reservation, reservation.state()));
      }
      return Answer.done();
    } catch (ReservationRefusal e) {
      return refused(e.state());
    }
  }

  /** The reason names the state, because an operator is going to read it in a parked saga. */
  private static Answer refused(ReservationState state) {
    return Answer.refused("RESERVATION_" + state);
  }

  /** One line per SKU, in the order of the SKUs. */
  private static List<ReservedLine> lines(ReserveStock body) {
    var quantities = new TreeMap<String, Integer>();
    for (var line : body.lines()) {
      quantities.merge(
          line.sku(), new ReservedLine(line.sku(), line.quantity()).quantity(), Math::addExact);
    }
    if (quantities.isEmpty()) {
      throw new IllegalArgumentException("order " + body.orderId() + " reserves nothing");
    }
    return quantities.entrySet().stream()
        .map(entry -> new ReservedLine(entry.getKey(), entry.getValue()))
        .toList();
  }
}
