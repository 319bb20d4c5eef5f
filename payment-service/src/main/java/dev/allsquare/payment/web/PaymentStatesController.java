package dev.allsquare.payment.web;

import dev.allsquare.payment.domain.Payments;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What order-service holds its orders against. Beside {@code /payments} and not below it: a gateway
 * that leads there does not lead here.
 */
@RestController
class PaymentStatesController {

  private final Payments payments;

  PaymentStatesController(Payments payments) {
    this.payments = payments;
  }

  /**
   * The states of payments, in the order of the orders' ids.
   *
   * @param after only of orders whose ids come behind this one
   */
  @GetMapping(path = "/payment-states", produces = MediaType.APPLICATION_JSON_VALUE)
  PaymentStates states(
      @RequestParam UUID after, @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
    return PaymentStates.of(payments.behind(after, limit));
  }
}
