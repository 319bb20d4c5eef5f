package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Reservations;
import dev.allsquare.web.Problem;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is reserved for whom. */
@RestController
class ReservationController {

  private final Reservations reservations;

  ReservationController(Reservations reservations) {
    this.reservations = reservations;
  }

  /** The order's reservation, of which there is one at most. */
  @GetMapping(path = "/reservations", produces = MediaType.APPLICATION_JSON_VALUE)
  ReservationView show(@RequestParam UUID orderId) {
    return reservations.find(orderId).map(ReservationView::of).orElseThrow(() -> unknown(orderId));
  }

  private static Problem unknown(UUID orderId) {
    return new Problem(
        HttpStatus.NOT_FOUND,
        "reservation-unknown",
        "Nothing was ever reserved for order " + orderId + ".");
  }
}
