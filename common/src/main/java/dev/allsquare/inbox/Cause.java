package dev.allsquare.inbox;

/** Why a message became a dead letter, as a metric's tag. */
enum Cause {
  /** It could not be read as a message. */
  GARBAGE,
  /** It was not to be handled at all: too old, or from the future. */
  REFUSED,
  /** Its handler broke on it, alone. */
  BROKEN
}
