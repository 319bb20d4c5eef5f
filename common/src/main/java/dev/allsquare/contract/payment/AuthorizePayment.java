package dev.allsquare.contract.payment;

import dev.allsquare.contract.Money;
import java.util.UUID;

/** Hold the amount in the customer's wallet, or refuse with {@link Payment#INSUFFICIENT_FUNDS}. */
public record AuthorizePayment(UUID orderId, String customerId, Money amount) {

  public static final String TYPE = "payment.authorize.v1";
}
