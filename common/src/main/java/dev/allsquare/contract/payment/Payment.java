package dev.allsquare.contract.payment;

/** payment-service's topics, and the reasons it refuses with. */
public final class Payment {

  public static final String COMMANDS = "payment.commands";
  public static final String EVENTS = "payment.events";

  public static final String INSUFFICIENT_FUNDS = "INSUFFICIENT_FUNDS";
  public static final String PAYMENT_DECLINED = "PAYMENT_DECLINED";

  private Payment() {}
}
