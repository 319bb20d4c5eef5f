package dev.allsquare.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.inventory.InventoryTest;
import dev.allsquare.inventory.Warehouse;
import dev.allsquare.message.Message;
import dev.allsquare.testing.Mailroom;
import dev.allsquare.testing.Rest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@InventoryTest
class ProductsTest {

  @Autowired Rest rest;
  @Autowired Warehouse warehouse;
  @Autowired Mailroom mailroom;

  private final String sku = "TEA-" + UUID.randomUUID();
  private final String path = "/products/" + sku;

  @Test
  void aNewProductIsThereAndToldToTheOthers() {
    var answer = rest.put(path, Warehouse.product("Green tea", "12.50", "EUR")).is(201);

    assertThat(answer.json().toString())
        .isEqualTo(
            """
            {"sku":"%s","name":"Green tea","price":{"amount":"12.50","currency":"EUR"},\
            "onHand":0,"reserved":0,"available":0,"version":1}"""
                .formatted(sku));
    assertThat(answer.etag()).isEqualTo("\"1\"");
    assertThat(rest.get(path).is(200))
        .extracting("etag", "body")
        .containsExactly(answer.etag(), answer.body());

    var told = told(1).getFirst();
    assertThat(told.key()).isEqualTo(sku);
    assertThat(told.type()).isEqualTo("inventory.product.v1");
    assertThat(told.payload())
        .isEqualTo(
            """
            {"sku":"%s","name":"Green tea","price":{"amount":"12.50","currency":"EUR"},"version":1}"""
                .formatted(sku));
  }

  @Test
  void theSamePutTwiceIsOne() {
    rest.put(path, Warehouse.product("tea", "12.50", "EUR")).is(201);
    var again = rest.put(path, Warehouse.product(" tea ", "12.50", "EUR")).is(200);
    assertThat(again.etag()).isEqualTo("\"1\"");

    rest.put(path, Warehouse.product("tea", "13.00", "EUR")).is(200);
    assertThat(told(2))
        .extracting(Message::payload)
        .satisfiesExactly(
            first -> assertThat(first).contains("12.50", "\"version\":1"),
            second -> assertThat(second).contains("13.00", "\"version\":2"));
  }

  @Test
  void aPriceMayBeInAnyCurrency() {
    rest.put(path, Warehouse.product("tea", "1200", "JPY")).is(201);
    rest.put(path, Warehouse.product("tea", "0.500", "KWD")).is(200);
    assertThat(rest.get(path).json().path("price").toString())
        .isEqualTo("{\"amount\":\"0.500\",\"currency\":\"KWD\"}");
  }

  @Test
  void whoSawAnotherVersionChangesNothing() {
    var seen = rest.put(path, Warehouse.product("tea", "1.00", "EUR"), "If-Match", "*");
    seen.is(412);
    rest.put(path, Warehouse.product("tea", "1.00", "EUR")).is(201);
    rest.put(path, Warehouse.product("tea", "2.00", "EUR"), "If-Match", "\"1\"").is(200);

    rest.put(path, Warehouse.product("tea", "3.00", "EUR"), "If-Match", "\"1\"").is(412);
    rest.put(path, Warehouse.product("tea", "3.00", "EUR"), "If-Match", "W/\"2\"").is(412);
    rest.put(path, Warehouse.product("tea", "3.00", "EUR"), "If-Match", "2").is(412);
    assertThat(rest.get(path).json().path("price").path("amount").asString()).isEqualTo("2.00");

    rest.put(path, Warehouse.product("tea", "3.00", "EUR"), "If-Match", "\"7\", \"2\"").is(200);
    assertThat(rest.get(path).etag()).isEqualTo("\"3\"");
  }

  @Test
  void manyWhoAddTheSameProductAtOnceMakeOne() throws Exception {
    List<Callable<Integer>> puts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      var body = Warehouse.product("tea " + i, "1.00", "EUR");
      puts.add(() -> rest.put(path, body).status());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var statuses = threads.invokeAll(puts).stream().map(future -> future.resultNow()).toList();
      assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
    }
    assertThat(rest.get(path).etag()).isEqualTo("\"20\"");
    assertThat(told(20))
        .extracting(message -> message.payload().replaceFirst(".*\"version\":(\\d+)}", "$1"))
        .as("in the order of their versions")
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).mapToObj(String::valueOf).toList());
  }

  @Test
  void theListIsReadPageByPage() {
    var family = "PAGE-" + UUID.randomUUID();
    for (int i = 0; i < 5; i++) {
      rest.put("/products/" + family + "-" + i, Warehouse.product("tea", "1.00", "EUR")).is(201);
    }
    List<String> seen = new ArrayList<>();
    String query = "?limit=2";
    while (query != null) {
      var page = rest.get("/products" + query).is(200).json();
      assertThat(page.path("items").size()).isLessThanOrEqualTo(2);
      page.path("items").forEach(item -> seen.add(item.path("sku").asString()));
      query = page.has("next") ? "?limit=2&after=" + page.path("next").asString() : null;
    }
    assertThat(seen).isSorted().doesNotHaveDuplicates();
    assertThat(seen.stream().filter(it -> it.startsWith(family))).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=x",
        "limit=1.5",
        "limit=99999999999",
        "after=%00",
        "after=a%20b",
        "after=",
        "limit="
      })
  void aPageThatDoesNotExistIsRefused(String query) {
    var answer = rest.get("/products?" + query);
    assertThat(answer.status()).as(answer.body()).isBetween(200, 499);
    if (!query.endsWith("=")) {
      answer.is(400);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void anUnknownProductIsNotFound() {
    rest.get(path).isProblem(404, "product-unknown");
    warehouse.adjust(sku, 1).isProblem(404, "product-unknown");
  }

  private List<Message> told(int count) {
    return mailroom.await(
        count, message -> message.topic().equals(Inventory.PRODUCTS) && message.key().equals(sku));
  }
}
