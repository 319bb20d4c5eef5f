package dev.allsquare.inbox;

import dev.allsquare.message.Message;
import dev.allsquare.outbox.Outbox;
import java.util.Collection;
import java.util.List;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What could not be handled, kept until somebody looks: a row here and a record on the topic's
 * dead-letter topic, in one transaction, once per message.
 */
public final class DeadLetters {

  private final DeadLetterRows rows;
  private final DeadLetterRecords records;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final DeadLetterMetrics metrics;

  DeadLetters(
      DeadLetterRows rows,
      DeadLetterRecords records,
      Outbox outbox,
      PlatformTransactionManager transactions,
      DeadLetterMetrics metrics) {
    this.rows = rows;
    this.records = records;
    this.outbox = outbox;
    this.transaction = new TransactionTemplate(transactions);
    this.metrics = metrics;
  }

  /**
   * Keeps records that are no messages, in a transaction of its own. One that is kept already, from
   * an earlier delivery, is not kept twice.
   */
  public void garbage(Collection<Garbage> garbage) {
    transaction.executeWithoutResult(_ -> garbage.forEach(this::addGarbage));
  }

  private void addGarbage(Garbage garbage) {
    var row = records.rowOf(garbage);
    if (rows.insert(row)) {
      outbox.append(List.of(records.recordOf(garbage, row.id())));
      metrics.countAfterCommit(garbage.topic(), Cause.GARBAGE);
    }
  }

  /** Whether the message was no dead letter yet; joins the caller's transaction. */
  boolean add(Message message, Cause cause, String why) {
    if (!rows.insert(records.rowOf(message, cause, why))) {
      return false;
    }
    outbox.append(List.of(records.recordOf(message)));
    metrics.countAfterCommit(message.topic(), cause);
    return true;
  }
}
