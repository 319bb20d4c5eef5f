package dev.allsquare.payment;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.Payment;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.contract.payment.VoidPayment;
import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.testing.Sagas;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One order and its two sagas. */
public record Order(UUID id, UUID placing, UUID cancelling) {

  public static Order next() {
    var now = Instant.now();
    return new Order(Uuid7.next(now), Uuid7.next(now), Uuid7.next(now));
  }

  public static List<Order> twoHighestFirst() {
    return Stream.of(next(), next())
        .sorted(Comparator.comparing(Order::id, Comparator.comparing(UUID::toString)).reversed())
        .toList();
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
    var context = new SagaContext(saga, sagaType, step, direction, Orders.REPLIES);
    return Sagas.command(Payment.COMMANDS, context, id, type, body);
  }
}
