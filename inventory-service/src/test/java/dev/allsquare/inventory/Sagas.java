package dev.allsquare.inventory;

import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.inventory.Restock;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.inbox.BatchProcessor;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.message.Verdict;
import dev.allsquare.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Plays order-service: commands go in, replies come back. */
@TestConfiguration(proxyBeanMethods = false)
public class Sagas {

  private static final JsonMapper JSON = new JsonMapper();

  private final BatchProcessor processor;
  private final MessageHandler commands;
  private final Mailroom mailroom;
  private final Outbox outbox;
  private final TransactionTemplate transaction;

  Sagas(
      BatchProcessor processor,
      List<MessageHandler> handlers,
      Mailroom mailroom,
      Outbox outbox,
      TransactionTemplate transaction) {
    this.processor = processor;
    this.commands =
        handlers.stream()
            .filter(handler -> handler.topic().equals(Inventory.COMMANDS))
            .findFirst()
            .orElseThrow();
    this.mailroom = mailroom;
    this.outbox = outbox;
    this.transaction = transaction;
  }

  /** One order and its two sagas. */
  public record Order(UUID id, UUID placing, UUID cancelling) {

    public static Order next() {
      var now = Instant.now();
      return new Order(Uuid7.next(now), Uuid7.next(now), Uuid7.next(now));
    }

    public Message reserve(Line... lines) {
      return reserveWith(new ReserveStock(id, List.of(lines)));
    }

    public Message reserveWith(Object body) {
      return command(
          placing, "PlaceOrder", "reserveStock", Direction.ACTION, ReserveStock.TYPE, body);
    }

    public Message release() {
      return command(
          placing,
          "PlaceOrder",
          "reserveStock",
          Direction.COMPENSATION,
          ReleaseStock.TYPE,
          new ReleaseStock(id));
    }

    public Message commit() {
      return command(
          placing,
          "PlaceOrder",
          "commitReservation",
          Direction.ACTION,
          CommitReservation.TYPE,
          new CommitReservation(id));
    }

    public Message restock() {
      return command(
          cancelling, "CancelOrder", "restock", Direction.ACTION, Restock.TYPE, new Restock(id));
    }

    private Message command(
        UUID saga, String sagaType, String step, Direction direction, String type, Object body) {
      var now = Instant.now();
      return new Message(
          Uuid7.next(now),
          Inventory.COMMANDS,
          saga.toString(),
          type,
          "order-service",
          id.toString(),
          now,
          JSON.writeValueAsString(body),
          new SagaContext(saga, sagaType, step, direction, Orders.REPLIES),
          null,
          null);
    }
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
        mailroom.await(1, message -> command.equals(message.causationId()) && isReply(message));
    var reply = JSON.readValue(replies.getLast().payload(), Reply.class);
    return reply.verdict() == Verdict.DONE ? "DONE" : reply.verdict() + " " + reply.reason();
  }

  private static boolean isReply(Message message) {
    return message.type().equals(Reply.TYPE);
  }

  /** What was told of an order's reservation, as {@code version state}, in order of arrival. */
  public List<String> events(Order order, int count) {
    return mailroom.await(count, message -> isEvent(message, order.id())).stream()
        .map(message -> JSON.readTree(message.payload()))
        .map(event -> event.path("version").asInt() + " " + event.path("state").asString())
        .distinct()
        .toList();
  }

  private static boolean isEvent(Message message, UUID order) {
    return message.topic().equals(Inventory.EVENTS) && message.key().equals(order.toString());
  }
}
