package dev.allsquare.participant;

import java.util.UUID;

/** Tells the outcome of commands that were answered {@link Answer.Later}. */
public final class LateAnswers {

  /**
   * Answers the command through the outbox, in the caller's transaction.
   *
   * @return whether this was the first answer; a later one changes and sends nothing
   * @throws IllegalArgumentException for {@link Answer.Later}
   * @throws IllegalStateException outside a transaction
   */
  public boolean answer(UUID commandId, Answer outcome) {
    throw new UnsupportedOperationException("not yet: " + commandId + outcome);
  }
}
