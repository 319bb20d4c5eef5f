package dev.allsquare.inventory.domain;

/**
 * Where a reservation is on its way: HELD, then COMMITTED or RELEASED; COMMITTED, then RESTOCKED.
 */
public enum ReservationState {
  /** The pieces are on the shelf, for this order alone. */
  HELD(1),
  /** The pieces left the shelf. */
  COMMITTED(2),
  /** The pieces are anyone's again. */
  RELEASED(2),
  /** The pieces left and came back. */
  RESTOCKED(3);

  private final int place;

  ReservationState(int place) {
    this.place = place;
  }

  /**
   * Its place on the way, from 1. It numbers the events: two changes in one transaction share one
   * version of the row, but are two events.
   */
  public int place() {
    return place;
  }
}
