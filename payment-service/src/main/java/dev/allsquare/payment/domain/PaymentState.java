package dev.allsquare.payment.domain;

/** Where a payment stands. */
public enum PaymentState {
  AUTHORIZED,
  CAPTURED,
  VOIDED,
  REFUNDED,
  DECLINED
}
