package dev.allsquare.participant;

import dev.allsquare.message.Reply;
import dev.allsquare.message.Verdict;
import org.jspecify.annotations.Nullable;

/** What became of a command, as inbox and barrier remember it. */
record Outcome(State state, @Nullable String reason) {

  /** The states of inbox and barrier rows. */
  enum State {
    DONE,
    REFUSED,
    FAILED,
    PENDING,
    /** The barrier's alone: the compensation came first, the action must not run any more. */
    BLOCKED
  }

  static final Outcome DONE = new Outcome(State.DONE, null);
  static final Outcome PENDING = new Outcome(State.PENDING, null);
  static final Outcome BLOCKED = new Outcome(State.BLOCKED, null);

  /** Which text says why stands in the dead letter; the reply carries a code. */
  static final Outcome FAILED = new Outcome(State.FAILED, "FAILED");

  /** What a late command is told. */
  static final Outcome COMPENSATED = new Outcome(State.REFUSED, "COMPENSATED");

  static Outcome of(Answer answer) {
    return switch (answer) {
      case Answer.Done _ -> DONE;
      case Answer.Refused(String reason) -> new Outcome(State.REFUSED, reason);
      case Answer.Later _ -> PENDING;
    };
  }

  /** The reply that tells it; null while there is nothing to tell. */
  @Nullable Reply reply() {
    return switch (state) {
      case DONE -> new Reply(Verdict.DONE, null);
      case REFUSED, BLOCKED -> new Reply(Verdict.REFUSED, reason);
      case FAILED -> new Reply(Verdict.FAILED, reason);
      case PENDING -> null;
    };
  }
}
