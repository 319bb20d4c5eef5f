package dev.allsquare.payment.domain;

/** What the ledger counts money on. */
public enum Account {
  /** The world outside, where deposits come from; negative by all that came in. */
  FUNDING,
  /** What a customer may spend. */
  AVAILABLE,
  /** What a customer's authorized payments hold. */
  HELD,
  /** What was earned. */
  MERCHANT;

  /** Whether every customer has one. */
  boolean isOfCustomer() {
    return this == AVAILABLE || this == HELD;
  }
}
