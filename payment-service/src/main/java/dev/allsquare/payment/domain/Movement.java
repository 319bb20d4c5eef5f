package dev.allsquare.payment.domain;

import static dev.allsquare.payment.domain.Account.AVAILABLE;
import static dev.allsquare.payment.domain.Account.FUNDING;
import static dev.allsquare.payment.domain.Account.HELD;
import static dev.allsquare.payment.domain.Account.MERCHANT;

/** Every way in which money moves: from one account to another. */
public enum Movement {
  DEPOSIT(FUNDING, AVAILABLE),
  HOLD(AVAILABLE, HELD),
  CAPTURE(HELD, MERCHANT),
  RELEASE(HELD, AVAILABLE),
  REFUND(MERCHANT, AVAILABLE);

  private final Account from;
  private final Account to;

  Movement(Account from, Account to) {
    this.from = from;
    this.to = to;
  }

  Account from() {
    return from;
  }

  Account to() {
    return to;
  }

  /** What moving this much does to the account. */
  long effectOn(Account account, long minor) {
    return account == from ? -minor : account == to ? minor : 0;
  }
}
