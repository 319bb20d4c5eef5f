package dev.allsquare.testing;

import dev.allsquare.inbox.BatchProcessor;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.message.Verdict;
import dev.allsquare.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Plays order-service to a participant: commands go in, replies and events come back. */
public final class Sagas {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final BatchProcessor processor;
  private final MessageHandler commands;
  private final Mailroom mailroom;
  private final String events;
  private final Outbox outbox;
  private final TransactionTemplate transaction;

  /**
   * Talks to the participant of these beans.
   *
   * @param commands the topic it listens to
   * @param events the topic it tells of its aggregates on
   */
  public Sagas(BeanFactory beans, String commands, String events) {
    this.processor = beans.getBean(BatchProcessor.class);
    this.commands =
        beans.getBeanProvider(MessageHandler.class).stream()
            .filter(handler -> handler.topic().equals(commands))
            .findFirst()
            .orElseThrow();
    this.mailroom = beans.getBean(Mailroom.class);
    this.events = events;
    this.outbox = beans.getBean(Outbox.class);
    this.transaction = beans.getBean(TransactionTemplate.class);
  }

  /** A command as an order's saga sends it. */
  public static Message command(
      String topic, SagaContext saga, UUID order, String type, Object body) {
    var now = Instant.now();
    return new Message(
        Uuid7.next(now),
        topic,
        saga.sagaId().toString(),
        type,
        "order-service",
        order.toString(),
        now,
        JSON.writeValueAsString(body),
        saga,
        null,
        null);
  }

  /** Handles these commands as if one poll had returned them, and returns their replies. */
  public List<String> poll(Message... batch) {
    return poll(List.of(batch));
  }

  /** Handles these commands as if one poll had returned them, and returns their replies. */
  public List<String> poll(List<Message> batch) {
    handle(batch);
    return replies(batch);
  }

  /** Handles these commands as if one poll had returned them. */
  public void handle(List<Message> batch) {
    processor.process(commands, batch);
  }

  /** Sends these commands through Kafka and returns their replies. */
  public List<String> send(Message... batch) {
    transaction.executeWithoutResult(_ -> outbox.append(List.of(batch)));
    return replies(List.of(batch));
  }

  /** One reply to each command, the latest if there were more. */
  public List<String> replies(List<Message> commands) {
    return commands.stream().map(command -> reply(command.id())).toList();
  }

  private String reply(UUID command) {
    var replies =
        mailroom.await(
            1,
            message -> command.equals(message.causationId()) && message.type().equals(Reply.TYPE));
    var reply = JSON.readValue(replies.getLast().payload(), Reply.class);
    return reply.verdict() == Verdict.DONE ? "DONE" : reply.verdict() + " " + reply.reason();
  }

  /** What was told of the order's aggregate, as {@code version state}, in order of arrival. */
  public List<String> events(UUID order, int count) {
    return mailroom
        .await(
            count,
            message -> message.topic().equals(events) && message.key().equals(order.toString()))
        .stream()
        .map(message -> JSON.readTree(message.payload()))
        .map(event -> event.path("version").asInt() + " " + event.path("state").asString())
        .distinct()
        .toList();
  }
}
