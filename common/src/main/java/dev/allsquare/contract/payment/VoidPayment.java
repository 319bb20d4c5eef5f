package dev.allsquare.contract.payment;

import java.util.UUID;

/** Undo {@link AuthorizePayment}: the held amount is available again. */
public record VoidPayment(UUID orderId) {

  public static final String TYPE = "payment.void.v1";
}
