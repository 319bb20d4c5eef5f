package dev.allsquare.order.placing;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.inventory.Line;
import dev.allsquare.message.Uuid7;
import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.order.catalog.Catalog;
import dev.allsquare.order.domain.OrderBook;
import dev.allsquare.saga.Sagas;
import dev.allsquare.web.IdempotencyKey;
import dev.allsquare.web.IdempotencyKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A replica may have any idea of the time: participants must take its sagas all the same. */
@OrderServiceTest
class WrongClockTest {

  private static final Duration WRONG = Duration.ofHours(1);

  @Autowired private OrderClient client;
  @Autowired private Catalog catalog;
  @Autowired private IdempotencyKeys keys;
  @Autowired private OrderBook book;
  @Autowired private Sagas sagas;
  @Autowired private TransactionTemplate transaction;

  @Test
  void theSagaOfAnOrderIsFromTheDatabasesTime() {
    client.post(order("clara", "TEA-001"), key()).is(202); // so that its price is known here
    var clock = Clock.offset(Clock.systemUTC(), WRONG);
    var batch = new PlacementBatch(catalog, keys, book, sagas, clock);

    var placed = Objects.requireNonNull(transaction.execute(_ -> batch.place(List.of(draft()))));

    assertThat(placed).singleElement().isInstanceOf(Placement.Placed.class);
    var sagaId = ((Placement.Placed) placed.getFirst()).order().sagaId();
    assertThat(Uuid7.timeOf(sagaId)).isBefore(Instant.now().plus(WRONG.dividedBy(2)));
  }

  private static OrderDraft draft() {
    var id = Uuid7.next(Instant.now());
    var key = IdempotencyKey.of("clara", UUID.randomUUID().toString(), id);
    return new OrderDraft(
        id,
        key,
        "clara",
        List.of(new Line("TEA-001", 1)),
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  }
}
