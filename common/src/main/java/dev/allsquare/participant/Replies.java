package dev.allsquare.participant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.message.Uuid7;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Writes replies. The reply to a command has the same id, however often it is given. */
final class Replies {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private final Clock clock;
  private final String source;

  Replies(Clock clock, String source) {
    this.clock = clock;
    this.source = source;
  }

  /** The reply that tells the outcome; none while it is pending. */
  Optional<Message> to(ReplyAddress address, Outcome outcome) {
    return Optional.ofNullable(outcome.reply()).map(reply -> message(address, reply));
  }

  private Message message(ReplyAddress to, Reply reply) {
    return new Message(
        replyId(to.commandId()),
        to.saga().replyTo(),
        to.saga().sagaId().toString(),
        Reply.TYPE,
        source,
        to.subject(),
        clock.instant(),
        JSON.writeValueAsString(reply),
        to.saga(),
        to.commandId(),
        to.traceparent());
  }

  private static UUID replyId(UUID commandId) {
    return Uuid7.derived(Uuid7.timeOf(commandId), commandId + "reply");
  }
}
