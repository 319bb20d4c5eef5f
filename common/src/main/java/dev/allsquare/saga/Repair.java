package dev.allsquare.saga;

/** What an operator can do to a parked saga. */
public enum Repair {
  /**
   * What failed or was refused is commanded once more, as a new attempt under a new message id;
   * what was not answered is asked for again under its own, because it may still be handled.
   */
  RETRY,
  /** What is stuck counts as done; never the pivot. */
  SKIP,
  /** The saga turns round; never after its pivot command was written. */
  COMPENSATE,
  /** What is stuck is asked for again under the same message id, with a fresh deadline. */
  RESUME
}
