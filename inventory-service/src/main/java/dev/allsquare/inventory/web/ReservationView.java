package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Reservation;
import dev.allsquare.inventory.domain.ReservationState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is, or was, reserved for an order. */
record ReservationView(
    UUID orderId,
    ReservationState state,
    List<ReservationView.Line> lines,
    Instant createdAt,
    Instant updatedAt) {

  record Line(String sku, int quantity) {}

  static ReservationView of(Reservation reservation) {
    var lines =
        reservation.lines().stream().map(line -> new Line(line.sku(), line.quantity())).toList();
    return new ReservationView(
        reservation.orderId(),
        reservation.state(),
        lines,
        reservation.createdAt(),
        reservation.updatedAt());
  }
}
