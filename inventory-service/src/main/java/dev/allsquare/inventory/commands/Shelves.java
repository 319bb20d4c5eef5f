package dev.allsquare.inventory.commands;

import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.inventory.Restock;
import dev.allsquare.inventory.domain.Reservation;
import dev.allsquare.inventory.domain.ReservationState;
import dev.allsquare.inventory.domain.Reservations;
import dev.allsquare.inventory.domain.ReservedLine;
import dev.allsquare.inventory.domain.Sku;
import dev.allsquare.inventory.domain.Stocks;
import dev.allsquare.outbox.Outbox;
import dev.allsquare.participant.Command;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Loads and saves what a batch works on: one select for the reservations, one for the stock. */
@Component
class Shelves {

  private final Reservations reservations;
  private final Stocks stocks;
  private final Outbox outbox;
  private final ReservationEvents events;
  private final Clock clock;

  Shelves(
      Reservations reservations,
      Stocks stocks,
      Outbox outbox,
      ReservationEvents events,
      Clock clock) {
    this.reservations = reservations;
    this.stocks = stocks;
    this.outbox = outbox;
    this.events = events;
    this.clock = clock;
  }

  Shelf load(List<Command<?>> batch) {
    var orders = batch.stream().map(Shelves::order).distinct().toList();
    var known = reservations.locked(orders);
    var skus = Stream.concat(wanted(batch), reserved(known.values())).distinct().toList();
    return new Shelf(known, stocks.locked(skus), clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  void save(Shelf shelf) {
    reservations.add(shelf.added());
    reservations.write(shelf.changed());
    stocks.write(shelf.touched());
    outbox.append(shelf.changes().stream().map(events::of).toList());
  }

  private static UUID order(Command<?> command) {
    return switch (command.body()) {
      case ReserveStock body -> body.orderId();
      case ReleaseStock body -> body.orderId();
      case CommitReservation body -> body.orderId();
      case Restock body -> body.orderId();
      default -> throw new IllegalArgumentException("not ours: " + command.body());
    };
  }

  /** What can't be a SKU is not looked for: it is as unknown as one that nobody sells. */
  private static Stream<String> wanted(List<Command<?>> batch) {
    return batch.stream()
        .map(Command::body)
        .filter(ReserveStock.class::isInstance)
        .flatMap(body -> ((ReserveStock) body).lines().stream())
        .map(Line::sku)
        .filter(Sku::fits);
  }

  private static Stream<String> reserved(Collection<Reservation> reservations) {
    return reservations.stream()
        .filter(reservation -> reservation.state() != ReservationState.RELEASED)
        .flatMap(reservation -> reservation.lines().stream())
        .map(ReservedLine::sku);
  }
}
