package dev.allsquare.payment.web;

import dev.allsquare.payment.domain.Ledgers;
import dev.allsquare.payment.domain.Payment;
import dev.allsquare.payment.domain.Payments;
import dev.allsquare.web.Problem;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What orders have paid. State and entries are read in one snapshot, so that they agree. */
@RestController
@RequestMapping(path = "/payments", produces = MediaType.APPLICATION_JSON_VALUE)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class PaymentController {

  private final Payments payments;
  private final Ledgers ledgers;

  PaymentController(Payments payments, Ledgers ledgers) {
    this.payments = payments;
    this.ledgers = ledgers;
  }

  /** The order's payment, of which there is one at most. */
  @GetMapping
  PaymentView ofOrder(@RequestParam UUID orderId) {
    return payments
        .ofOrder(orderId)
        .map(this::view)
        .orElseThrow(() -> unknown("Nothing was ever paid for order " + orderId + "."));
  }

  @GetMapping("/{id}")
  PaymentView show(@PathVariable UUID id) {
    return payments
        .find(id)
        .map(this::view)
        .orElseThrow(() -> unknown("There is no payment " + id + "."));
  }

  private PaymentView view(Payment payment) {
    return PaymentView.of(payment, ledgers.ofPayment(payment.id()));
  }

  private static Problem unknown(String detail) {
    return new Problem(HttpStatus.NOT_FOUND, "payment-unknown", detail);
  }
}
