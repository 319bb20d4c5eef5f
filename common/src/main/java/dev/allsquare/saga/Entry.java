package dev.allsquare.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.allsquare.message.Direction;
import dev.allsquare.message.Verdict;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a saga's timeline.
 *
 * @param attempt counts from 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Entry(
    What what,
    @Nullable String step,
    @Nullable Direction direction,
    @Nullable UUID commandId,
    @Nullable Integer attempt,
    @Nullable Verdict verdict,
    @Nullable String reason) {

  /** What happened. The names are part of what is stored. */
  enum What {
    STARTED,
    COMMANDED,
    RESENT,
    REPLIED,
    REPLIED_LATE,
    TIMED_OUT,
    TURNED_ROUND,
    NOT_COMPENSATED,
    PARKED,
    REPAIRED,
    RESUMED,
    COMPLETED,
    COMPENSATED
  }

  static Entry of(What what, @Nullable String reason) {
    return new Entry(what, null, null, null, null, null, reason);
  }

  static Entry of(What what, String step, Direction direction, @Nullable String reason) {
    return new Entry(what, step, direction, null, null, null, reason);
  }

  static Entry sent(What what, Command command) {
    return new Entry(
        what, command.step(), command.direction(), command.id(), command.attempt(), null, null);
  }

  static Entry answered(What what, Event.Replied reply) {
    return new Entry(
        what,
        reply.step(),
        reply.direction(),
        reply.commandId(),
        null,
        reply.verdict(),
        reply.reason());
  }
}
