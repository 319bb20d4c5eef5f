package dev.allsquare.payment.web;

import dev.allsquare.contract.Money;
import dev.allsquare.payment.domain.Account;
import dev.allsquare.payment.domain.LedgerEntry;
import dev.allsquare.payment.domain.Movement;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One side of a movement of money.
 *
 * @param movementId shared with the other side
 * @param amount what it added to the account; negative where it took away
 */
record EntryView(
    UUID id,
    UUID movementId,
    Movement movement,
    Account account,
    Money amount,
    @Nullable UUID paymentId,
    Instant at) {

  static EntryView of(LedgerEntry entry) {
    return new EntryView(
        entry.id(),
        entry.movementId(),
        entry.movement(),
        entry.account(),
        entry.amount(),
        entry.paymentId(),
        entry.at());
  }
}
