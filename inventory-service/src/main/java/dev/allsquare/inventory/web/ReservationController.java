package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Reservations;
import dev.allsquare.web.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

  /**
   * States alone, for whoever holds them against the orders.
   *
   * @param after only of orders whose ids come behind this one
   */
  @GetMapping(path = "/reservations/states", produces = MediaType.APPLICATION_JSON_VALUE)
  ReservationStates states(
      @RequestParam UUID after, @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
    return ReservationStates.of(reservations.behind(after, limit));
  }

  private static Problem unknown(UUID orderId) {
    return new Problem(
        HttpStatus.NOT_FOUND,
        "reservation-unknown",
        "Nothing was ever reserved for order " + orderId + ".");
  }
}
