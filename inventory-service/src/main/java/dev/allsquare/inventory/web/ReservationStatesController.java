package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Reservations;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What order-service holds its orders against. Beside {@code /reservations} and not below it: a
 * gateway that leads there does not lead here.
 */
@RestController
class ReservationStatesController {

  private final Reservations reservations;

  ReservationStatesController(Reservations reservations) {
    this.reservations = reservations;
  }

  /**
   * The states of reservations, in the order of the orders' ids.
   *
   * @param after only of orders whose ids come behind this one
   */
  @GetMapping(path = "/reservation-states", produces = MediaType.APPLICATION_JSON_VALUE)
  ReservationStates states(
      @RequestParam UUID after, @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
    return ReservationStates.of(reservations.behind(after, limit));
  }
}
