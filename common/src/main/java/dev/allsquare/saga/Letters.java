package dev.allsquare.saga;

import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts commands into words: the definition's topic and type, and a body made of the saga's data.
 */
final class Letters {

  private final String source;

  Letters(String source) {
    this.source = source;
  }

  /**
   * The messages of these commands.
   *
   * @param cause the reply they follow from
   */
  <D> List<Message> write(
      Saga<D> saga, Row row, List<Command> commands, Instant now, @Nullable Message cause) {
    if (commands.isEmpty()) {
      return List.of();
    }
    D data = Json.read(row.data(), saga.data());
    return commands.stream().map(command -> message(saga, data, row, command, now, cause)).toList();
  }

  private <D> Message message(
      Saga<D> saga, D data, Row row, Command command, Instant now, @Nullable Message cause) {
    var send = send(saga, command);
    return new Message(
        command.id(),
        send.topic(),
        row.id().toString(),
        send.type(),
        source,
        row.businessKey(),
        now,
        Json.write(send.body().apply(data)),
        new SagaContext(
            row.id(), saga.name(), command.step(), command.direction(), saga.replyTopic()),
        cause == null ? null : cause.id(),
        traceparent(row, cause));
  }

  /** A participant that knows nothing of traces does not break ours. */
  private static @Nullable String traceparent(Row row, @Nullable Message cause) {
    return cause != null && cause.traceparent() != null ? cause.traceparent() : row.traceparent();
  }

  private static <D> Step.Send<D> send(Saga<D> saga, Command command) {
    var step = Objects.requireNonNull(saga.place(command.step())).step();
    return switch (command.direction()) {
      case ACTION -> step.action();
      case COMPENSATION -> Objects.requireNonNull(step.compensation());
    };
  }
}
