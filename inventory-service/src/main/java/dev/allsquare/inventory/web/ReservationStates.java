package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Reservation;
import dev.allsquare.inventory.domain.ReservationState;
import java.util.List;
import java.util.UUID;

/** The reservations of several orders, in the order of the orders' ids. */
record ReservationStates(List<ReservationStates.Item> items) {

  record Item(UUID orderId, ReservationState state) {}

  static ReservationStates of(List<Reservation> reservations) {
    return new ReservationStates(
        reservations.stream().map(it -> new Item(it.orderId(), it.state())).toList());
  }
}
