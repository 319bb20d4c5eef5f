package dev.allsquare.saga;

/** What became of an event. Each one is counted; there is no event without an outcome. */
enum Outcome {
  /** It changed the saga. */
  APPLIED,
  /** The saga knew that already. */
  DUPLICATE,
  /** A step was answered after it had been given up; its compensation takes care of the effect. */
  LATE,
  /** It answers no command of this saga, or of any. */
  UNKNOWN,
  /** This code does not know the saga's definition, and code that does is running: it is theirs. */
  LEFT_TO_ANOTHER,
  /** No code that is running knows the saga's definition: the saga is parked. */
  UNKNOWN_VERSION,
  /** Nothing was due. */
  NOTHING,
  /** The pivot command is written: there is no way back. */
  PAST_PIVOT,
  /** The saga has ended. */
  ENDED,
  /** An operator asked for what this saga does not allow. */
  NOT_ALLOWED
}
