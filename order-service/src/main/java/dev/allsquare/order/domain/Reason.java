package dev.allsquare.order.domain;

/** Why an order ended without being delivered. */
public enum Reason {
  OUT_OF_STOCK,
  PAYMENT_DECLINED,
  INSUFFICIENT_FUNDS,
  TIMED_OUT,
  CANCELLED_BY_CUSTOMER
}
