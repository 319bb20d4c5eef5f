package dev.allsquare.inbox;

import dev.allsquare.message.Message;
import dev.allsquare.outbox.Outbox;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes dead letters out of their table, in the caller's transaction: to be handled after all, or
 * never.
 */
public final class DeadLetterRepairs {

  private final DeadLetterRows rows;
  private final Outbox outbox;
  private final CurrentState currentState;

  DeadLetterRepairs(DeadLetterRows rows, Outbox outbox, CurrentState currentState) {
    this.rows = rows;
    this.outbox = outbox;
    this.currentState = currentState;
  }

  /** Forgets the dead letter and returns it; it is never handled. */
  public Optional<DeadLetter> discard(long seq) {
    return rows.take(seq);
  }

  /**
   * Puts the message back into its topic. It keeps its id: a participant that has handled it
   * answers as before. Only that it failed here is forgotten.
   *
   * @param payload what it says instead, JSON; absent when it stays
   * @return the dead letter as it was
   * @throws NotRedrivable when it is no message, or would undo newer ones; roll back then
   */
  public Optional<DeadLetter> redrive(long seq, @Nullable String payload) {
    var letter = rows.take(seq);
    letter.ifPresent(it -> send(Revived.message(it, payload)));
    return letter;
  }

  private void send(Message message) {
    if (currentState.topics().contains(message.topic())) {
      throw new NotRedrivable(
          "%s keeps the newest record of each key, and this one would be it: have its owner publish %s anew."
              .formatted(message.topic(), message.key()));
    }
    if (Text.hasNul(message)) {
      throw new NotRedrivable("It holds the NUL character, which no outbox takes.");
    }
    rows.forgetFailure(message.id());
    outbox.append(List.of(message));
  }
}
