package dev.allsquare.inventory.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.inventory.Line;
import dev.allsquare.inventory.InventoryTest;
import dev.allsquare.inventory.Order;
import dev.allsquare.inventory.Warehouse;
import dev.allsquare.message.Message;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Sagas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Random orders, random batches, repetitions and adjustments: pieces neither appear nor vanish. */
@InventoryTest
class ConservationTest {

  private static final int ORDERS = 300;

  @Autowired Rest rest;
  @Autowired Warehouse warehouse;
  @Autowired Sagas sagas;
  @Autowired JdbcClient jdbc;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Long> adjusted = new HashMap<>();
  private final List<Message> sent = new ArrayList<>();

  /** An order on its way: what it reserves, and which commands it still sends. */
  private record Life(Order order, List<Line> lines, List<Message> commands) {}

  @Test
  void stockIsConserved() {
    var skus = IntStream.range(0, 6).mapToObj(_ -> warehouse.product(0)).toList();
    skus.forEach(sku -> adjust(sku, 40 + random.nextInt(40)));
    var lives = IntStream.range(0, ORDERS).mapToObj(_ -> life(skus)).toList();

    play(skus, new ArrayList<>(lives));

    for (var sku : skus) {
      assertThat(warehouse.stock(sku)).as("%s, seed %d", sku, seed).isEqualTo(expected(sku, lives));
    }
    assertThat(rest.actuator("consistency").toString())
        .as("seed %d", seed)
        .isEqualTo("{\"consistent\":true,\"violations\":[]}");
  }

  /** Each round polls the next commands of some orders, some old commands again, in any order. */
  private void play(List<String> skus, List<Life> lives) {
    while (!lives.isEmpty()) {
      Collections.shuffle(lives, random);
      List<Message> batch = new ArrayList<>();
      for (var life :
          List.copyOf(lives.subList(0, Math.min(lives.size(), 1 + random.nextInt(40))))) {
        int count = 1 + random.nextInt(life.commands().size());
        var next = life.commands().subList(0, count);
        batch.addAll(next);
        next.clear();
        if (life.commands().isEmpty()) {
          lives.remove(life);
        }
      }
      repeat(batch);
      sagas.handle(batch);
      sent.addAll(batch);
      adjust(skus.get(random.nextInt(skus.size())), random.nextInt(21) - 10);
    }
  }

  private void repeat(List<Message> batch) {
    for (int i = random.nextInt(5); i > 0 && !sent.isEmpty(); i--) {
      batch.add(random.nextInt(batch.size()), sent.get(random.nextInt(sent.size())));
    }
  }

  private Life life(List<String> skus) {
    var order = Order.next();
    var chosen = new ArrayList<>(skus);
    Collections.shuffle(chosen, random);
    var lines =
        chosen.subList(0, 1 + random.nextInt(3)).stream()
            .map(sku -> new Line(sku, 1 + random.nextInt(4)))
            .toList();
    var reserve = order.reserve(lines.toArray(Line[]::new));
    var commands =
        switch (random.nextInt(5)) {
          case 0 -> List.of(reserve, order.release());
          case 1 -> List.of(order.release(), reserve);
          case 2 -> List.of(reserve, order.commit());
          case 3 -> List.of(reserve, order.commit(), order.restock());
          default -> List.of(reserve);
        };
    return new Life(order, lines, new ArrayList<>(commands));
  }

  private void adjust(String sku, long quantity) {
    if (quantity != 0 && warehouse.adjust(sku, quantity).status() == 201) {
      adjusted.merge(sku, quantity, Long::sum);
    }
  }

  /** Counted from the orders' ends alone. */
  private String expected(String sku, List<Life> lives) {
    long held = 0;
    long gone = 0;
    for (var life : lives) {
      long pieces =
          life.lines().stream()
              .filter(line -> line.sku().equals(sku))
              .mapToLong(Line::quantity)
              .sum();
      switch (state(life.order())) {
        case "HELD" -> held += pieces;
        case "COMMITTED" -> gone += pieces;
        case "RELEASED", "RESTOCKED", "NONE" -> {}
        case String other -> throw new AssertionError(other);
      }
    }
    return (adjusted.getOrDefault(sku, 0L) - gone) + "/" + held;
  }

  private String state(Order order) {
    return jdbc.sql("select state from reservation where order_id = ?")
        .param(order.id())
        .query(String.class)
        .optional()
        .orElse("NONE");
  }
}
