package dev.allsquare.outbox;

import dev.allsquare.message.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The messages of each transaction that is under way: a page each, written when it commits.
 *
 * <p>A page is there from the transaction's begin. Opened by the first append it could come too
 * late: what registers while Spring goes through the synchronizations before a commit (an append in
 * a {@code BEFORE_COMMIT} listener) is not asked any more, and its messages would be lost.
 */
final class Pages implements TransactionExecutionListener {

  private final OutboxTable table;
  private final Mailbox mailbox;

  Pages(OutboxTable table, Mailbox mailbox) {
    this.table = table;
    this.mailbox = mailbox;
  }

  /** A nested transaction begins, too, and shares the page of the one around it. */
  @Override
  public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
    if (TransactionSynchronizationManager.isSynchronizationActive() && current() == null) {
      var page = new Page();
      page.resume();
      TransactionSynchronizationManager.registerSynchronization(page);
    }
  }

  /** The page of the caller's transaction, if there is one and its manager tells us of it. */
  @Nullable Page current() {
    return (Page) TransactionSynchronizationManager.getResource(this);
  }

  /**
   * Written as late before the commit as the order of synchronizations can say, since the others
   * may add to it. What one of them adds later still is written at once, by itself.
   */
  final class Page implements TransactionSynchronization {

    private final List<Message> messages = new ArrayList<>();
    private final Map<Object, Integer> savepoints = new HashMap<>();
    private boolean written;
    private boolean used;

    void add(Collection<Message> more) {
      used |= !more.isEmpty();
      if (written && !more.isEmpty()) {
        table.insert(List.copyOf(more));
      } else {
        messages.addAll(more);
      }
    }

    @Override
    public int getOrder() {
      return LOWEST_PRECEDENCE;
    }

    @Override
    public void savepoint(Object savepoint) {
      savepoints.put(savepoint, messages.size());
    }

    @Override
    public void savepointRollback(Object savepoint) {
      messages.subList(savepoints.getOrDefault(savepoint, 0), messages.size()).clear();
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      written = true;
      if (!messages.isEmpty()) {
        table.insert(messages);
      }
    }

    @Override
    public void afterCommit() {
      if (used) {
        mailbox.wake();
      }
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Pages.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Pages.this, this);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(Pages.this);
    }
  }
}
