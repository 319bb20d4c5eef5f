package dev.allsquare.outbox;

import dev.allsquare.message.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The messages of each transaction that is under way: a page each, written when it commits. */
final class Pages {

  private final OutboxTable table;
  private final Mailbox mailbox;

  Pages(OutboxTable table, Mailbox mailbox) {
    this.table = table;
    this.mailbox = mailbox;
  }

  /** The page of the caller's transaction. */
  Page current() {
    var page = (@Nullable Page) TransactionSynchronizationManager.getResource(this);
    if (page == null) {
      page = new Page();
      TransactionSynchronizationManager.bindResource(this, page);
      TransactionSynchronizationManager.registerSynchronization(page);
    }
    return page;
  }

  /** Written after whatever else happens before the commit, since that may add to it. */
  final class Page implements TransactionSynchronization {

    private final List<Message> messages = new ArrayList<>();
    private boolean written;

    void add(Collection<Message> more) {
      if (written) {
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
    public void beforeCommit(boolean readOnly) {
      written = true;
      table.insert(messages);
    }

    @Override
    public void afterCommit() {
      mailbox.wake();
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
