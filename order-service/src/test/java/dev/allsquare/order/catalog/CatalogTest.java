package dev.allsquare.order.catalog;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.Product;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.order.StubInventory;
import dev.allsquare.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@OrderServiceTest
class CatalogTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Autowired private OrderClient client;
  @Autowired private Catalog catalog;
  @Autowired private MissingProducts missing;
  @Autowired private Outbox outbox;
  @Autowired private TransactionTemplate transactions;
  @Autowired private MeterRegistry meters;
  @Autowired private JdbcClient jdbc;

  @AfterEach
  void inventoryIsBack() {
    StubInventory.back();
  }

  @Test
  void productsArriveByEventAndNobodyIsAsked() {
    publish(product("EVENT-1", "3.00", 1));
    await().until(() -> catalog.prices(List.of("EVENT-1")).size() == 1);

    var answer = client.post(order("cleo", "EVENT-1"), key()).is(202);

    assertThat(answer.json().get("total").get("amount").asString()).isEqualTo("3.00");
    assertThat(StubInventory.asked("EVENT-1")).isZero();
    assertThat(meters.get("allsquare.catalog.lag").timer().count()).isPositive();
  }

  @Test
  void onlyAHigherVersionWins() {
    catalog.learn(List.of(product("VERSION-1", "3.00", 3)));
    catalog.learn(List.of(product("VERSION-1", "2.00", 2)));
    catalog.learn(List.of(product("VERSION-1", "9.00", 3)));

    assertThat(catalog.prices(List.of("VERSION-1")))
        .containsEntry("VERSION-1", new Money("3.00", "EUR"));
  }

  @Test
  void severalVersionsInOneBatchLeaveTheHighest() {
    catalog.learn(
        List.of(
            product("BATCH-1", "1.00", 1),
            product("BATCH-1", "3.00", 3),
            product("BATCH-1", "2.00", 2)));

    assertThat(catalog.prices(List.of("BATCH-1")))
        .containsEntry("BATCH-1", new Money("3.00", "EUR"));
  }

  @Test
  void aMissingProductIsAskedForOnce() {
    StubInventory.sells("ASKED-1", "1.00", "EUR");

    client.post(order("cora", "ASKED-1"), key()).is(202);
    client.post(order("cora", "ASKED-1"), key()).is(202);

    assertThat(StubInventory.asked("ASKED-1")).isEqualTo(1);
  }

  @Test
  void whatWasAskedForIsReplacedByTheFirstEvent() {
    StubInventory.sells("ASKED-2", "1.00", "EUR");
    client.post(order("cora", "ASKED-2"), key()).is(202);

    catalog.learn(List.of(product("ASKED-2", "7.00", 1)));

    assertThat(catalog.prices(List.of("ASKED-2")))
        .containsEntry("ASKED-2", new Money("7.00", "EUR"));
  }

  @Test
  void concurrentMissesShareOneCall() throws Exception {
    StubInventory.sells("SHARED-1", "1.00", "EUR");
    var latch = new CountDownLatch(1);
    StubInventory.answerAfter(latch);
    var threads =
        IntStream.range(0, 20)
            .mapToObj(i -> Thread.ofPlatform().start(() -> missing.fetch(Set.of("SHARED-1"))))
            .toList();

    await().until(() -> threads.stream().allMatch(it -> it.getState() == Thread.State.WAITING));
    latch.countDown();
    for (var thread : threads) {
      thread.join();
    }

    assertThat(StubInventory.asked("SHARED-1")).isEqualTo(1);
    assertThat(catalog.prices(List.of("SHARED-1"))).hasSize(1);
  }

  @Test
  void aProductUnknownThereTooIsNamed() {
    var answer =
        client
            .post(order("curt", "TEA-001", "GONE-1", "GONE-2"), key())
            .isProblem(422, "product-unknown");

    assertThat(answer.text("detail")).contains("GONE-1, GONE-2").doesNotContain("TEA-001");
    assertThat(ordersOf("curt")).isZero();
  }

  @Test
  void whileInventoryIsUnreachableTheClientIsToldWhenToTryAgain() {
    StubInventory.sells("LATER-1", "1.00", "EUR");
    client.post(order("cyd", "TEA-001"), key()).is(202);
    var key = key();
    StubInventory.vanish();

    var answer = client.post(order("cyd2", "LATER-1"), key).isProblem(503, "inventory-unreachable");
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(ordersOf("cyd2")).isZero();
    client.post(order("cyd", "TEA-001"), key()).is(202);

    StubInventory.back();
    client.post(order("cyd2", "LATER-1"), key).is(202);
  }

  @Test
  void garbageAmongTheProductsIsLeftAsideAndTheRestArrives() {
    transactions.executeWithoutResult(
        tx ->
            outbox.append(
                Stream.of("{\"sku\":", "[]", "{\"sku\":\"BAD-1\"}", "null")
                    .map(payload -> message("BAD-1", payload))
                    .toList()));
    publish(product("BAD-1", "4.00", 1));

    await().until(() -> catalog.prices(List.of("BAD-1")).size() == 1);
  }

  private long ordersOf(String customer) {
    return jdbc.sql("select count(*) from orders where customer_id = ?")
        .param(customer)
        .query(Long.class)
        .single();
  }

  private void publish(Product product) {
    transactions.executeWithoutResult(
        tx -> outbox.append(List.of(message(product.sku(), JSON.writeValueAsString(product)))));
  }

  private static Message message(String sku, String payload) {
    var now = Instant.now();
    return new Message(
        Uuid7.next(now),
        Inventory.PRODUCTS,
        sku,
        Product.TYPE,
        "inventory-service",
        sku,
        now,
        payload,
        null,
        null,
        null);
  }

  private static Product product(String sku, String amount, long version) {
    return new Product(sku, "A " + sku, new Money(amount, "EUR"), version);
  }
}
