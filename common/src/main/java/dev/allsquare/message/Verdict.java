package dev.allsquare.message;

/** What a participant says of a command. */
public enum Verdict {
  /** The effect is committed. Final. */
  DONE,
  /** A business rule said no and nothing was changed. Final. */
  REFUSED,
  /** The handler broke for good; a retry is a new attempt under a new message id. */
  FAILED
}
