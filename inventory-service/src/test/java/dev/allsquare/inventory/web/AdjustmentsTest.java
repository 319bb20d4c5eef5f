package dev.allsquare.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.inventory.Line;
import dev.allsquare.inventory.InventoryTest;
import dev.allsquare.inventory.Order;
import dev.allsquare.inventory.Warehouse;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Rest.Answer;
import dev.allsquare.testing.Sagas;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@InventoryTest
class AdjustmentsTest {

  @Autowired Rest rest;
  @Autowired Warehouse warehouse;
  @Autowired Sagas sagas;

  @Test
  void piecesComeAndGo() {
    var sku = warehouse.product(10);
    var answer = warehouse.adjust(sku, -3).is(201).json();

    assertThat(answer.path("sku").asString()).isEqualTo(sku);
    assertThat(answer.path("quantity").asLong()).isEqualTo(-3);
    assertThat(answer.path("reason").asString()).isEqualTo("delivery");
    assertThat(answer.path("onHand").asLong()).isEqualTo(7);
    assertThat(answer.path("createdAt").asString()).endsWith("Z");
    assertThat(warehouse.stock(sku)).isEqualTo("7/0");
  }

  @Test
  void theSameKeyTwiceIsOneAdjustmentAndOneAnswer() {
    var sku = warehouse.product(10);
    var key = UUID.randomUUID().toString();

    var first = warehouse.adjust(sku, 5, key).is(201);
    warehouse.adjust(sku, 1).is(201);
    var again = warehouse.adjust(sku, 5, '"' + key + '"').is(201);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(warehouse.stock(sku)).isEqualTo("16/0");
    warehouse.adjust(sku, 6, key).isProblem(422, "idempotency-key-reused");
  }

  @Test
  void theSameKeyFiftyTimesInParallelIsOneAdjustment() throws Exception {
    var sku = warehouse.product(10);
    var key = UUID.randomUUID().toString();

    Callable<Answer> repeat = () -> warehouse.adjust(sku, 5, key);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads.invokeAll(Collections.nCopies(50, repeat)).stream()
              .map(Future::resultNow)
              .toList();
      assertThat(answers).extracting(Answer::status).containsOnly(201);
      assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
    }
    assertThat(warehouse.stock(sku)).isEqualTo("15/0");
  }

  @Test
  void whatIsReservedCannotBeTaken() {
    var sku = warehouse.product(10);
    assertThat(sagas.poll(Order.next().reserve(new Line(sku, 4)))).containsExactly("DONE");
    var key = UUID.randomUUID().toString();

    warehouse.adjust(sku, -7, key).isProblem(409, "stock-conflict");
    assertThat(warehouse.stock(sku)).isEqualTo("10/4");

    warehouse.adjust(sku, 1).is(201);
    warehouse.adjust(sku, -7, key).is(201); // a refused request consumes no key
    assertThat(warehouse.stock(sku)).isEqualTo("4/4");
  }

  @Test
  void aShelfDoesNotOverflow() {
    var sku = warehouse.product(10);
    for (long tooMany :
        List.of(1_000_000_000L, (long) Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE)) {
      warehouse.adjust(sku, tooMany).isProblem(409, "stock-conflict");
    }
    assertThat(warehouse.stock(sku)).isEqualTo("10/0");
  }

  @Test
  void withoutAKeyNothingIsDone() {
    var sku = warehouse.product(10);
    rest.post("/products/" + sku + "/adjustments", "{\"quantity\":5,\"reason\":\"delivery\"}")
        .is(400);
    assertThat(warehouse.stock(sku)).isEqualTo("10/0");
  }
}
