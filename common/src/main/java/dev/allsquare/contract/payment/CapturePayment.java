package dev.allsquare.contract.payment;

import java.util.UUID;

/** The pivot: the held amount becomes the merchant's. */
public record CapturePayment(UUID orderId) {

  public static final String TYPE = "payment.capture.v1";
}
