package dev.allsquare.inventory.domain;

/** A reservation in this state can't be changed in that way; nothing was changed. */
public final class ReservationRefusal extends RuntimeException {

  private final ReservationState state;

  ReservationRefusal(ReservationState state, ReservationState wanted) {
    super("a reservation that is " + state + " can't become " + wanted);
    this.state = state;
  }

  /** The state it is in. */
  public ReservationState state() {
    return state;
  }
}
