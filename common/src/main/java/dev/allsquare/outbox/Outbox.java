package dev.allsquare.outbox;

import dev.allsquare.message.Message;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a service writes what it wants to tell the others, in the transaction that makes it true.
 * The relay carries committed rows to the log, in order per key.
 */
public final class Outbox {

  private final OutboxTable table;
  private final Pages pages;

  Outbox(OutboxTable table, Pages pages) {
    this.table = table;
    this.pages = pages;
  }

  /**
   * Adds the messages to those of the caller's transaction. They are written right before it
   * commits, in one statement, in the order of the calls and of iteration; what is appended after
   * that (by another synchronization before the commit) follows in a statement of its own. After
   * the commit the relay of this process is woken. What a nested transaction appended goes when
   * that rolls back to its savepoint. Messages of one key keep their order if the caller holds that
   * key's row lock (its saga's or aggregate's).
   *
   * @throws IllegalStateException outside a transaction, or in one whose manager is no bean
   */
  public void append(Collection<Message> messages) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "Outbox.append needs a transaction: a message is only true if what it tells is"
              + " committed");
    }
    var page = pages.current();
    if (page == null) {
      throw new IllegalStateException(
          "Outbox.append does not hear of this transaction's commit: its manager has to be a bean"
              + " of this application, and a ConfigurableTransactionManager");
    }
    page.add(messages);
  }

  /**
   * Tells which of these messages the log may not have yet. A parked message counts as waiting, and
   * so does every message while the backlog is too long to be read for this.
   */
  public Set<UUID> stillWaiting(Collection<UUID> messageIds) {
    return messageIds.isEmpty() ? Set.of() : table.waiting(Set.copyOf(messageIds));
  }

  /** Tells which of these messages wait for an operator to release their parked key. */
  public Set<UUID> parked(Collection<UUID> messageIds) {
    return messageIds.isEmpty() ? Set.of() : table.parked(Set.copyOf(messageIds));
  }
}
