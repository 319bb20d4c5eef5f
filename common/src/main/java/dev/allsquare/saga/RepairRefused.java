package dev.allsquare.saga;

/** A repair that does not suit its saga; the transaction that tried it has to be rolled back. */
public final class RepairRefused extends RuntimeException {

  /** Why it does not. */
  public enum Why {
    /** There is no such saga. */
    UNKNOWN_SAGA,
    /** It is not as the operator saw it any more. */
    STALE,
    /** No code here has its version. */
    UNKNOWN_VERSION,
    /** It is not parked, or this repair does not help it. */
    NOT_POSSIBLE,
    /** Its pivot command is written: it only goes forward. */
    PAST_PIVOT,
    /** What its data was to become is not what its definition reads. */
    UNUSABLE_DATA
  }

  private final Why why;

  RepairRefused(Why why, String words) {
    super(words, null, false, false); // an answer, not a failure: nobody reads its stack
    this.why = why;
  }

  /** Why, for code; the message says it to people. */
  public Why why() {
    return why;
  }
}
