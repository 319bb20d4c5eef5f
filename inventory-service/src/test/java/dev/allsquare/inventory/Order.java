package dev.allsquare.inventory;

import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.inventory.Restock;
import dev.allsquare.contract.order.Orders;
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
    var context = new SagaContext(saga, sagaType, step, direction, Orders.REPLIES);
    return Sagas.command(Inventory.COMMANDS, context, id, type, body);
  }
}
