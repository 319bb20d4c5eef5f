package dev.allsquare.payment.domain;

/** A payment is not in a state to do this. */
public final class PaymentRefusal extends RuntimeException {

  private final PaymentState state;

  PaymentRefusal(PaymentState state, PaymentState wanted) {
    super("A payment that is " + state + " can't become " + wanted + ".");
    this.state = state;
  }

  /** Where it stands. */
  public PaymentState state() {
    return state;
  }
}
