package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Verdict;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can happen to a saga. */
sealed interface Event {

  /** Its row is about to be written. */
  record Started() implements Event {}

  /** A participant answered one of its commands. */
  record Replied(
      String step, Direction direction, UUID commandId, Verdict verdict, @Nullable String reason)
      implements Event {}

  /**
   * The sweep looked at it.
   *
   * @param inOutbox those of its commands that have not left the outbox yet
   */
  record Tick(Set<UUID> inOutbox) implements Event {}

  /** Someone wants it undone, if that is still possible. */
  record TurnRound(String reason) implements Event {}

  /** An operator repairs it; who and why stands in the history. */
  record Repaired(Repair repair, String actor, String reason) implements Event {}

  /** What an operator can do to a saga. */
  enum Repair {
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
}
