package dev.allsquare.outbox;

import dev.allsquare.message.Message;
import java.util.concurrent.CompletableFuture;

/** Carries one message to the log. */
public interface Sender {

  /**
   * Returns at once. The future completes when the log has the message for good (all in-sync
   * replicas), exceptionally with {@link Undeliverable} when no repetition can help, and with
   * anything else when one may.
   */
  CompletableFuture<?> send(Message message);
}
