package dev.allsquare.outbox;

import dev.allsquare.message.Message;
import java.util.Collection;

/**
 * Where a service writes what it wants to tell the others, in the transaction that makes it true.
 * The relay carries committed rows to the log, in order per key.
 */
public final class Outbox {

  /**
   * Writes the messages in one statement, in iteration order, and wakes the relay once the caller's
   * transaction has committed. Messages of one key keep their order if the caller holds that key's
   * row lock (its saga's or aggregate's).
   *
   * @throws IllegalStateException outside a transaction
   */
  public void append(Collection<Message> messages) {
    throw new UnsupportedOperationException("not yet: " + messages.size());
  }
}
