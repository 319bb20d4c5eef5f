package dev.allsquare.participant;

import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that a reply repeats of its command. */
record ReplyAddress(
    UUID commandId, SagaContext saga, @Nullable String subject, @Nullable String traceparent) {

  static ReplyAddress of(Message command) {
    return new ReplyAddress(
        command.id(), Judge.sagaOf(command), command.subject(), command.traceparent());
  }
}
