package dev.allsquare.order.web;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.order.ScriptedParticipants.Script;
import dev.allsquare.testing.Rest.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
class ReadingOrdersTest {

  @Autowired private OrderClient client;
  @Autowired private Script participants;
  @Autowired private JdbcClient jdbc;

  @Test
  void anOrderIsShownAsItIs() {
    var id = client.post(order("wim", "TEA-001"), key(), "Prefer", "wait=20").is(201).id();

    var shown = client.get("/orders/" + id).is(200);

    assertThat(shown.json().propertyNames())
        .containsExactly(
            "id", "customerId", "status", "total", "lines", "createdAt", "updatedAt", "version");
    assertThat(shown.json().get("lines").toString())
        .isEqualTo(
            """
            [{"sku":"TEA-001","quantity":1,"unitPrice":{"amount":"12.50","currency":"EUR"}}]""");
    assertThat(Instant.parse(shown.text("createdAt"))).isBeforeOrEqualTo(shown.text("updatedAt"));
    assertThat(shown.text("createdAt")).endsWith("Z");
    assertThat(shown.header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void anUnchangedOrderIsNotSentAgain() {
    var id = client.post(order("wes", "TEA-001"), key(), "Prefer", "wait=20").is(201).id();

    client.get("/orders/" + id, "If-None-Match", "\"2\"").is(304);
    client.get("/orders/" + id, "If-None-Match", "W/\"2\"").is(304);
    client.get("/orders/" + id, "If-None-Match", "\"1\"").is(200);
  }

  @Test
  void listsArePagedNewestFirst() {
    var placed = new ArrayList<String>();
    IntStream.range(0, 5).forEach(i -> placed.add(client.place("xia").toString()));
    client.place("xio");
    var newestFirst = new ArrayList<>(placed);
    newestFirst.sort(Collections.reverseOrder());

    var first = client.get("/orders?customerId=xia&limit=2").is(200);
    var second = client.get("/orders?customerId=xia&limit=2&after=" + first.text("next")).is(200);
    var third = client.get("/orders?customerId=xia&limit=2&after=" + second.text("next")).is(200);

    assertThat(ids(first)).hasSize(2);
    assertThat(ids(third)).hasSize(1);
    assertThat(third.json().get("next")).isNull();
    var all = new ArrayList<>(ids(first));
    all.addAll(ids(second));
    all.addAll(ids(third));
    assertThat(all).isEqualTo(newestFirst);
  }

  @Test
  void anOrderPlacedBetweenTwoPagesMovesNothing() {
    IntStream.range(0, 4).forEach(i -> client.place("yan"));
    var first = client.get("/orders?customerId=yan&limit=2").is(200);
    client.place("yan");

    var second = client.get("/orders?customerId=yan&limit=2&after=" + first.text("next")).is(200);

    assertThat(ids(second)).hasSize(2).doesNotContainAnyElementsOf(ids(first));
  }

  @Test
  void listsCanBeNarrowedToAStatus() {
    participants.refuse("yves", AuthorizePayment.TYPE, "INSUFFICIENT_FUNDS");
    var rejected = client.post(order("yves", "TEA-001"), key(), "Prefer", "wait=20").is(201).id();

    var page = client.get("/orders?customerId=yves&status=REJECTED").is(200);
    var none = client.get("/orders?customerId=yves&status=CONFIRMED").is(200);
    var anyone = client.get("/orders?status=REJECTED&limit=100").is(200);

    assertThat(ids(page)).containsExactly(rejected.toString());
    assertThat(ids(none)).isEmpty();
    assertThat(ids(anyone)).contains(rejected.toString());
  }

  @Test
  void ordersThatDisagreeAreNamed() {
    var id = client.post(order("zoe", "TEA-001"), key(), "Prefer", "wait=20").is(201).id();
    assertThat(violations()).doesNotContain(id.toString());

    jdbc.sql("update orders set status = 'PENDING' where id = ?").param(id).update();
    assertThat(violations()).contains(id.toString());

    jdbc.sql("update orders set status = 'CONFIRMED' where id = ?").param(id).update();
    jdbc.sql("delete from order_history where order_id = ? and version = 1").param(id).update();
    assertThat(violations()).contains(id.toString(), "its history tells something else");

    jdbc.sql("delete from orders where id = ?").param(UUID.fromString(id.toString())).update();
    assertThat(violations()).doesNotContain(id.toString());
  }

  @Test
  void theServiceIsDescribed() {
    assertThat(client.get("/openapi").is(200).text("openapi")).startsWith("3.1");
    assertThat(client.get("/openapi").json().get("paths").propertyNames())
        .contains("/orders", "/orders/{id}", "/orders/{id}/cancellation", "/orders/{id}/events");
    assertThat(client.get("/asyncapi.yaml").is(200).body()).startsWith("asyncapi: 3");
  }

  @Test
  void theManagementPortAnswers() {
    assertThat(client.manage("health/liveness").is(200).text("status")).isEqualTo("UP");
    assertThat(client.manage("health/readiness").is(200).text("status")).isEqualTo("UP");
    client.manage("info").is(200);
    client.manage("outbox").is(200);
    client.manage("deadletters").is(200);
    assertThat(client.manage("prometheus").is(200).body())
        .contains("allsquare_catalog_lag", "jvm_memory_used_bytes");
  }

  private String violations() {
    return client.manage("consistency").is(200).body();
  }

  private static List<String> ids(Answer page) {
    return page.json().get("items").valueStream().map(item -> item.get("id").asString()).toList();
  }
}
