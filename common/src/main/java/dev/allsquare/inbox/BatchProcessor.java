package dev.allsquare.inbox;

import dev.allsquare.message.Message;
import java.util.List;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives what one poll returned to its handler, in one transaction.
 *
 * <p>When this returns, every message of the batch is handled or a dead letter, and committed: the
 * offsets may be committed too. When it throws, the database or the log is to blame; the caller
 * waits and gives the same batch again. What was committed before the failure is recognised then.
 */
public final class BatchProcessor {

  private final TransactionTemplate transaction;
  private final DeadLetters deadLetters;

  BatchProcessor(PlatformTransactionManager transactions, DeadLetters deadLetters) {
    this.transaction = new TransactionTemplate(transactions);
    this.deadLetters = deadLetters;
  }

  /** Handles the batch in order; what breaks its handler, alone, becomes a dead letter. */
  public void process(MessageHandler handler, List<Message> batch) {
    new Poll(handler, transaction, deadLetters).process(batch);
  }
}
