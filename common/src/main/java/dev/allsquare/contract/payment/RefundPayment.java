package dev.allsquare.contract.payment;

import java.util.UUID;

/** A confirmed order was cancelled: the captured amount returns to the customer. */
public record RefundPayment(UUID orderId) {

  public static final String TYPE = "payment.refund.v1";
}
