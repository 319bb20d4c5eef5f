package dev.allsquare.outbox;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Gives parked keys back to the relay, in the caller's transaction. */
public final class ParkedKeyRepairs {

  private final ParkedKeys parkedKeys;
  private final Mailbox mailbox;

  ParkedKeyRepairs(ParkedKeys parkedKeys, Mailbox mailbox) {
    this.parkedKeys = parkedKeys;
    this.mailbox = mailbox;
  }

  /**
   * Releases the key; once this has committed, its oldest message is sent again first.
   *
   * @return whether it was parked
   * @throws IllegalStateException outside a transaction
   */
  public boolean release(String topic, String key) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            mailbox.wake();
          }
        });
    return parkedKeys.release(new Row.Key(topic, key));
  }
}
