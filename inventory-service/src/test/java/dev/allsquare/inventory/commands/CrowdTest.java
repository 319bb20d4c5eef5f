package dev.allsquare.inventory.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.inventory.Line;
import dev.allsquare.inventory.InventoryTest;
import dev.allsquare.inventory.Order;
import dev.allsquare.inventory.Warehouse;
import dev.allsquare.message.Message;
import dev.allsquare.testing.CountedStatements;
import dev.allsquare.testing.Sagas;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many at once: nobody waits in a circle, and a batch costs what one command costs. */
@InventoryTest
class CrowdTest {

  @Autowired Warehouse warehouse;
  @Autowired Sagas sagas;
  @Autowired JdbcClient jdbc;
  @Autowired CountedStatements statements;

  @Test
  void twoHundredOrdersWithReversedLinesAndAdjustmentsMeetNoDeadlock() throws Exception {
    var skus = IntStream.range(0, 5).mapToObj(_ -> warehouse.product(1_000)).toList();
    List<Message> reserves = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      var lines = skus.stream().map(sku -> new Line(sku, 2)).toList();
      reserves.add(
          Order.next().reserve((i % 2 == 0 ? lines : lines.reversed()).toArray(Line[]::new)));
    }
    List<Callable<?>> work = new ArrayList<>();
    for (int i = 0; i < 200; i += 4) {
      var batch = reserves.subList(i, i + 4);
      work.add(Executors.callable(() -> sagas.handle(batch)));
      var sku = skus.get(i % 5);
      work.add(() -> warehouse.adjust(sku, 1).is(201));
    }
    long before = deadlocks();
    try (var threads = Executors.newFixedThreadPool(8)) {
      assertThat(threads.invokeAll(work.stream().<Callable<Object>>map(it -> it::call).toList()))
          .allSatisfy(it -> assertThat(it.state()).isEqualTo(Future.State.SUCCESS));
    }

    assertThat(sagas.replies(reserves)).containsOnly("DONE");
    assertThat(skus).allSatisfy(sku -> assertThat(warehouse.stock(sku)).isEqualTo("1010/400"));
    assertThat(deadlocks()).isEqualTo(before);
  }

  @Test
  void aBatchOfFiveHundredTakesTheStatementsOfOne() {
    var tea = warehouse.product(1_000_000);
    var cup = warehouse.product(1_000_000);

    var one = roundTripsOf(reserves(1, tea, cup));
    var many = roundTripsOf(reserves(500, tea, cup));

    // Reservations and stock are read and written, between what inbox, barrier and outbox do.
    assertThat(one).hasSize(9).last().isEqualTo("commit");
    assertThat(many).isEqualTo(one);
  }

  private static List<Message> reserves(int count, String... skus) {
    var lines = List.of(skus).stream().map(sku -> new Line(sku, 1)).toArray(Line[]::new);
    return IntStream.range(0, count).mapToObj(_ -> Order.next().reserve(lines)).toList();
  }

  private List<String> roundTripsOf(List<Message> batch) {
    statements.start();
    sagas.handle(batch);
    return statements.ofThisThread();
  }

  /** Counted by the server, a moment late: retries hide deadlocks from callers, not from here. */
  private long deadlocks() {
    jdbc.sql("select pg_stat_force_next_flush()").query((row, number) -> 0).single();
    return jdbc.sql("select deadlocks from pg_stat_database where datname = current_database()")
        .query(Long.class)
        .single();
  }
}
