package dev.allsquare.inventory.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.inventory.InventoryTest;
import dev.allsquare.inventory.Order;
import dev.allsquare.inventory.Warehouse;
import dev.allsquare.message.Message;
import dev.allsquare.testing.Mailroom;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Sagas;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What sagas ask, and what they are told. */
@InventoryTest
class CommandsTest {

  private static final String DONE = "DONE";
  private static final String OUT_OF_STOCK = "REFUSED OUT_OF_STOCK";

  @Autowired Rest rest;
  @Autowired Warehouse warehouse;
  @Autowired Sagas sagas;
  @Autowired Mailroom mailroom;

  private final Order order = Order.next();
  private final Order other = Order.next();

  @Test
  void anOrderTravelsThroughTheLog() {
    var tea = warehouse.product(10);

    assertThat(sagas.send(order.reserve(new Line(tea, 3)))).containsExactly(DONE);
    assertThat(warehouse.stock(tea)).isEqualTo("10/3");
    assertThat(sagas.send(order.commit())).containsExactly(DONE);
    assertThat(warehouse.stock(tea)).isEqualTo("7/0");
    assertThat(sagas.send(order.restock())).containsExactly(DONE);
    assertThat(warehouse.stock(tea)).isEqualTo("10/0");
    assertThat(sagas.events(order.id(), 3)).containsExactly("1 HELD", "2 COMMITTED", "3 RESTOCKED");
  }

  @Test
  void everyLineIsHeldAndToldToTheOthers() {
    var tea = warehouse.product(10);
    var cup = warehouse.product(5);
    var reserve = order.reserve(new Line(tea, 3), new Line(cup, 5));

    assertThat(sagas.poll(reserve)).containsExactly(DONE);
    assertThat(warehouse.stock(tea)).isEqualTo("10/3");
    assertThat(warehouse.stock(cup)).isEqualTo("5/5");
    assertThat(warehouse.reservation(order.id())).isEqualTo("HELD");

    var event =
        mailroom.await(1, message -> message.key().equals(order.id().toString())).getFirst();
    assertThat(event.topic()).isEqualTo(Inventory.EVENTS);
    assertThat(event.source()).isEqualTo("inventory-service");
    assertThat(event.causationId()).isEqualTo(reserve.id());
  }

  @Test
  void noLineIsHeldWhenOneShelfHasTooFew() {
    var tea = warehouse.product(10);
    var cup = warehouse.product(5);

    assertThat(sagas.poll(order.reserve(new Line(tea, 3), new Line(cup, 6))))
        .containsExactly(OUT_OF_STOCK);
    assertThat(warehouse.stock(tea)).isEqualTo("10/0");
    assertThat(warehouse.stock(cup)).isEqualTo("5/0");
    rest.get("/reservations?orderId=" + order.id()).isProblem(404, "reservation-unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO-SUCH-SKU", "not a sku", "", "' or 1=1 --"})
  void whatNobodySellsIsOutOfStock(String sku) {
    var tea = warehouse.product(10);

    assertThat(sagas.poll(order.reserve(new Line(tea, 1), new Line(sku, 1))))
        .containsExactly(OUT_OF_STOCK);
    assertThat(warehouse.stock(tea)).isEqualTo("10/0");
  }

  @Test
  void twoLinesOfOneSkuAreOne() {
    var tea = warehouse.product(10);

    assertThat(sagas.poll(order.reserve(new Line(tea, 6), new Line(tea, 5))))
        .containsExactly(OUT_OF_STOCK);
    assertThat(sagas.poll(other.reserve(new Line(tea, 6), new Line(tea, 4)))).containsExactly(DONE);
    assertThat(warehouse.stock(tea)).isEqualTo("10/10");
  }

  @Test
  void severalCommandsForOneSkuInOnePollAreAppliedInTheirOrder() {
    var tea = warehouse.product(10);
    var third = Order.next();
    var fourth = Order.next();
    sagas.poll(order.reserve(new Line(tea, 4)), other.reserve(new Line(tea, 4)));

    assertThat(
            sagas.poll(
                third.reserve(new Line(tea, 4)),
                order.release(),
                fourth.reserve(new Line(tea, 4)),
                other.commit(),
                third.restock()))
        .containsExactly(OUT_OF_STOCK, DONE, DONE, DONE, "REFUSED RESERVATION_UNKNOWN");
    assertThat(warehouse.stock(tea)).isEqualTo("6/4");
  }

  @Test
  void aWholeLifeInOnePoll() {
    var tea = warehouse.product(10);

    assertThat(sagas.poll(order.reserve(new Line(tea, 4)), order.commit(), order.restock()))
        .containsExactly(DONE, DONE, DONE);
    assertThat(warehouse.stock(tea)).isEqualTo("10/0");
    assertThat(warehouse.reservation(order.id())).isEqualTo("RESTOCKED");
    assertThat(sagas.events(order.id(), 3)).containsExactly("1 HELD", "2 COMMITTED", "3 RESTOCKED");
  }

  @Test
  void aDuplicateHasNoEffectAndTheSameAnswer() {
    var tea = warehouse.product(10);
    var reserve = order.reserve(new Line(tea, 4));
    var tooMany = other.reserve(new Line(tea, 7));

    assertThat(sagas.poll(reserve, tooMany, reserve, tooMany))
        .containsExactly(DONE, OUT_OF_STOCK, DONE, OUT_OF_STOCK);
    assertThat(sagas.poll(tooMany, reserve)).containsExactly(OUT_OF_STOCK, DONE);
    assertThat(warehouse.stock(tea)).isEqualTo("10/4");
    assertThat(sagas.events(order.id(), 1)).containsExactly("1 HELD");
  }

  @Test
  void theSameStepUnderAnotherIdHasNoEffectEither() {
    var tea = warehouse.product(10);

    assertThat(sagas.poll(order.reserve(new Line(tea, 4)), order.reserve(new Line(tea, 4))))
        .containsExactly(DONE, DONE);
    assertThat(sagas.poll(order.commit(), order.commit())).containsExactly(DONE, DONE);
    assertThat(warehouse.stock(tea)).isEqualTo("6/0");
  }

  @Test
  void aReleaseBeforeItsReserveWins() {
    var tea = warehouse.product(10);

    assertThat(sagas.poll(order.release())).containsExactly(DONE);
    assertThat(sagas.poll(order.reserve(new Line(tea, 4)))).containsExactly("REFUSED COMPENSATED");
    assertThat(sagas.poll(other.release(), other.reserve(new Line(tea, 4))))
        .containsExactly(DONE, "REFUSED COMPENSATED");
    assertThat(warehouse.stock(tea)).isEqualTo("10/0");
  }

  @Test
  void releaseUndoesReserveInOnePollOrInTwo() {
    var tea = warehouse.product(10);

    assertThat(sagas.poll(order.reserve(new Line(tea, 4)), order.release()))
        .containsExactly(DONE, DONE);
    sagas.poll(other.reserve(new Line(tea, 4)));
    assertThat(sagas.poll(other.release())).containsExactly(DONE);
    assertThat(warehouse.stock(tea)).isEqualTo("10/0");
    assertThat(warehouse.reservation(order.id())).isEqualTo("RELEASED");
    assertThat(sagas.events(order.id(), 2)).containsExactly("1 HELD", "2 RELEASED");
  }

  @Test
  void releaseOfWhatWasRefusedIsDone() {
    var tea = warehouse.product(1);

    assertThat(sagas.poll(order.reserve(new Line(tea, 2)), order.release()))
        .containsExactly(OUT_OF_STOCK, DONE);
    assertThat(warehouse.stock(tea)).isEqualTo("1/0");
  }

  @Test
  void whatTheStateForbidsIsRefusedWithTheState() {
    var tea = warehouse.product(10);
    sagas.poll(order.reserve(new Line(tea, 4)), other.reserve(new Line(tea, 4)));
    sagas.poll(order.release());
    sagas.poll(other.commit());

    assertThat(sagas.poll(order.commit(), order.restock(), other.release()))
        .containsExactly(
            "REFUSED RESERVATION_RELEASED",
            "REFUSED RESERVATION_RELEASED",
            "REFUSED RESERVATION_COMMITTED");
    assertThat(sagas.poll(Order.next().commit())).containsExactly("REFUSED RESERVATION_UNKNOWN");
    assertThat(warehouse.stock(tea)).isEqualTo("6/0");
  }

  @Test
  void aBrokenCommandFailsAloneAndTheOthersOfItsPollGoThrough() {
    var tea = warehouse.product(10);
    var id = Map.<String, Object>of("orderId", order.id());
    var broken =
        List.of(
            order.reserveWith(Map.of("orderId", order.id(), "lines", List.of())),
            Order.next().reserve(new Line(tea, 0)),
            Order.next().reserve(new Line(tea, -1)),
            Order.next()
                .reserve(new Line(tea, Integer.MAX_VALUE), new Line(tea, Integer.MAX_VALUE)),
            Order.next().reserveWith(id),
            Order.next().reserveWith(Map.of("lines", List.of(new Line(tea, 1)))));
    var good = List.of(other.reserve(new Line(tea, 4)), Order.next().reserve(new Line(tea, 4)));
    var batch =
        Stream.of(good.subList(0, 1), broken, good.subList(1, 2)).flatMap(List::stream).toList();

    var replies = sagas.poll(batch);

    assertThat(replies).startsWith(DONE).endsWith(DONE);
    assertThat(replies.subList(1, 7)).allMatch(reply -> reply.startsWith("FAILED"));
    assertThat(warehouse.stock(tea)).isEqualTo("10/8");
  }

  @Test
  void ofTwoWhoRaceForTheLastPieceOneGetsIt() throws Exception {
    for (int round = 0; round < 10; round++) {
      var tea = warehouse.product(1);
      var one = Order.next().reserve(new Line(tea, 1));
      var two = Order.next().reserve(new Line(tea, 1));

      atOnce(List.of(one), List.of(two));

      assertThat(sagas.replies(List.of(one, two))).containsExactlyInAnyOrder(DONE, OUT_OF_STOCK);
      assertThat(warehouse.stock(tea)).isEqualTo("1/1");
    }
  }

  @Test
  void aBatchThatTwoConsumersHandleAtOnceHasOneEffect() throws Exception {
    for (int round = 0; round < 10; round++) {
      var tea = warehouse.product(10);
      var first = Order.next();
      var second = Order.next();
      var batch = List.of(first.reserve(new Line(tea, 2)), second.reserve(new Line(tea, 3)));

      atOnce(batch, batch);

      assertThat(sagas.replies(batch)).containsExactly(DONE, DONE);
      assertThat(warehouse.stock(tea)).isEqualTo("10/5");
      assertThat(sagas.events(first.id(), 1)).containsExactly("1 HELD");
    }
    assertThat(rest.actuator("deadletters").toString()).doesNotContain("duplicate key");
  }

  private void atOnce(List<Message> one, List<Message> two) throws Exception {
    var start = new CyclicBarrier(2);
    List<Callable<Boolean>> polls =
        Stream.of(one, two)
            .<Callable<Boolean>>map(
                batch ->
                    () -> {
                      start.await();
                      sagas.handle(batch);
                      return true;
                    })
            .toList();
    try (var threads = Executors.newFixedThreadPool(2)) {
      assertThat(threads.invokeAll(polls))
          .allSatisfy(it -> assertThat(it.state()).isEqualTo(Future.State.SUCCESS));
    }
  }
}
