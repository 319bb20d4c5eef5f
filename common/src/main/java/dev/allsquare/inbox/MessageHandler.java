package dev.allsquare.inbox;

import dev.allsquare.message.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Handles what one poll of a topic returned. One bean per topic and service; the batch listeners
 * find them by type.
 */
public interface MessageHandler {

  String topic();

  /**
   * Handles the batch in order, inside one transaction that the caller opened: all of it or none.
   *
   * <p>What this throws because of the database or the log (a lost connection, a deadlock, a
   * serialization failure) makes the batch be tried again, whole, as often as it takes. Any other
   * exception bisects the batch until the one message that provokes it stands alone and becomes a
   * dead letter.
   */
  void handle(List<Message> batch);

  /**
   * Why this message must become a dead letter without being handled; null, the default, when it
   * may be handled. Handlers that rely on the inbox ask {@link Inbox#refusal}.
   */
  default @Nullable String refusal(Message message) {
    return null;
  }

  /** Called in the transaction that makes the message a dead letter. */
  default void deadLettered(Message message, String why) {}
}
