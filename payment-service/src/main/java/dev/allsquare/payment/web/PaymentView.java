package dev.allsquare.payment.web;

import dev.allsquare.contract.Money;
import dev.allsquare.payment.domain.LedgerEntry;
import dev.allsquare.payment.domain.Payment;
import dev.allsquare.payment.domain.PaymentState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order's payment and every entry it made in the ledger, oldest first. */
record PaymentView(
    UUID id,
    UUID orderId,
    String customerId,
    PaymentState state,
    Money amount,
    List<EntryView> entries,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  static PaymentView of(Payment payment, List<LedgerEntry> entries) {
    return new PaymentView(
        payment.id(),
        payment.orderId(),
        payment.wallet().customerId(),
        payment.state(),
        payment.amount(),
        entries.stream().map(EntryView::of).toList(),
        payment.createdAt(),
        payment.updatedAt(),
        payment.changes());
  }
}
