package dev.allsquare.payment;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.Payment;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.contract.payment.VoidPayment;
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
            .filter(handler -> handler.topic().equals(Payment.COMMANDS))
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

    /** Authorizes this amount, such as {@code 12.50 EUR}. */
    public Message authorize(String customer, String amount) {
      var parts = amount.split(" ", 2);
      return authorize(new AuthorizePayment(id, customer, new Money(parts[0], parts[1])));
    }

    public Message authorize(Object body) {
      return command(
          placing, "PlaceOrder", "authorizePayment", Direction.ACTION, AuthorizePayment.TYPE, body);
    }

    public Message release() {
      return command(
          placing,
          "PlaceOrder",
          "authorizePayment",
          Direction.COMPENSATION,
          VoidPayment.TYPE,
          new VoidPayment(id));
    }

    public Message capture() {
      return command(
          placing,
          "PlaceOrder",
          "capturePayment",
          Direction.ACTION,
          CapturePayment.TYPE,
          new CapturePayment(id));
    }

    public Message refund() {
      return command(
          cancelling,
          "CancelOrder",
          "refundPayment",
          Direction.ACTION,
          RefundPayment.TYPE,
          new RefundPayment(id));
    }

    /** The same commands of other sagas, which no barrier keeps from the handler. */
    public Order again() {
      var now = Instant.now();
      return new Order(id, Uuid7.next(now), Uuid7.next(now));
    }

    private Message command(
        UUID saga, String sagaType, String step, Direction direction, String type, Object body) {
      var now = Instant.now();
      return new Message(
          Uuid7.next(now),
          Payment.COMMANDS,
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

  /** What was told of an order's payment, as {@code version state}, in order of arrival. */
  public List<String> events(Order order, int count) {
    return mailroom.await(count, message -> isEvent(message, order.id())).stream()
        .map(message -> JSON.readTree(message.payload()))
        .map(event -> event.path("version").asInt() + " " + event.path("state").asString())
        .distinct()
        .toList();
  }

  private static boolean isEvent(Message message, UUID order) {
    return message.topic().equals(Payment.EVENTS) && message.key().equals(order.toString());
  }
}
