package dev.allsquare.participant;

import dev.allsquare.inbox.Inbox;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.participant.Judge.Judged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns a participant's table into the handler of its topic.
 *
 * <p>Statements of a poll, whatever its size: 1 select (inbox and barrier), the participant's loads
 * and saves, 1 insert into inbox, 1 insert into barrier, 1 insert into outbox, commit. That is 4
 * and a commit beside the participant's own; a poll of duplicates alone takes 2. A command that
 * waits for another one's late answer adds 1.
 *
 * @param <W> the participant's working set
 */
final class CommandHandler<W> implements MessageHandler {

  /** Lenient towards fields that a newer sender knows: services are upgraded one by one. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Participant<W> participant;
  private final Inbox inbox;
  private final Records records;
  private final Mail mail;

  CommandHandler(Participant<W> participant, Inbox inbox, Records records, Mail mail) {
    this.participant = participant;
    this.inbox = inbox;
    this.records = records;
    this.mail = mail;
  }

  private record Row<W, C>(Participant.Handler<W, C> handler, Command<C> command) {

    static <W, C> Row<W, C> of(Participant.Handler<W, C> handler, Message message) {
      C body = JSON.readValue(message.payload(), handler.body());
      if (body == null) {
        throw new IllegalArgumentException(message.type() + " has no body");
      }
      return new Row<>(handler, new Command<>(message, body));
    }

    Answer apply(W work) {
      return handler.apply().apply(work, command);
    }
  }

  @Override
  public String topic() {
    return participant.topic();
  }

  @Override
  public @Nullable String refusal(Message message) {
    return isEcho(message)
        ? "its reply would come back here as a command, and be answered again, without end"
        : inbox.refusal(message);
  }

  private boolean isEcho(Message message) {
    var saga = message.saga();
    return message.type().equals(Reply.TYPE) || (saga != null && saga.replyTo().equals(topic()));
  }

  @Override
  public void handle(List<Message> batch) {
    var judge = new Judge(records.read(batch));
    Map<UUID, Row<W, ?>> rows = new LinkedHashMap<>();
    judge.candidates(batch).forEach(it -> rows.put(it.id(), row(it)));
    if (rows.isEmpty()) {
      batch.forEach(it -> judge.judge(it, CommandHandler::unexpected));
    } else {
      work(batch, judge, rows);
    }
    records.write(judge);
    mail.send(participant.topic(), judge);
  }

  private void work(List<Message> batch, Judge judge, Map<UUID, Row<W, ?>> rows) {
    List<Command<?>> commands = new ArrayList<>();
    rows.values().forEach(row -> commands.add(row.command()));
    W work = participant.load().apply(commands);
    for (Message message : batch) {
      judge.judge(
          message, () -> Optional.ofNullable(rows.get(message.id())).orElseThrow().apply(work));
    }
    participant.save().accept(work);
  }

  private Row<W, ?> row(Message message) {
    Participant.Handler<W, ?> handler = participant.handlers().get(message.type());
    if (handler == null) {
      throw new IllegalArgumentException(topic() + " has no handler for " + message.type());
    }
    return Row.of(handler, message);
  }

  private static Answer unexpected() {
    throw new IllegalStateException("a handler's turn without candidates");
  }

  /** A message that the inbox cannot remember is remembered by its dead letter alone. */
  @Override
  public void deadLettered(Message message, String why) {
    if (isEcho(message)) {
      return;
    }
    var failed = new Judged(message, Outcome.FAILED);
    if (inbox.refusal(message) == null) {
      records.insertInbox(List.of(failed));
    }
    mail.send(List.of(failed));
  }
}
