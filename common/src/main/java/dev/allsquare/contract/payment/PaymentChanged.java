package dev.allsquare.contract.payment;

import dev.allsquare.contract.Money;
import java.util.UUID;

/** An order's payment reached another state: AUTHORIZED, CAPTURED, VOIDED, REFUNDED or DECLINED. */
public record PaymentChanged(
    UUID paymentId, UUID orderId, String customerId, String state, Money amount, long version) {

  public static final String TYPE = "payment.changed.v1";
}
