package dev.allsquare.e2e;

import static dev.allsquare.e2e.BadInput.replacing;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is sent: a problem that says what is wrong, no row written, never a failure of the
 * service.
 */
@Tag("anywhere")
@ExtendWith(WholeSystem.class)
class BadInputTest {

  private static final String NUL = "\\u0000";

  @Test
  void noBadOrderIsPlaced(Scene scene) {
    var line = scene.product("1.00 EUR", 1_000).times(2).json();
    var good = scene.customer("1.00 EUR").order(scene.product("1.00 EUR", 1).times(1));
    good = good.replaceAll("\"lines\":\\[.*?]", "\"lines\":[" + line + "]");

    var bad = new ArrayList<>(BadInput.ofAnyKind());
    bad.addAll(BadInput.quantities());
    bad.addAll(
        List.of(
            BadInput.twice(line),
            BadInput.aHundredAndOneLines(line),
            replacing("no lines", line, ""),
            replacing("a line of null", line, "null"),
            replacing("lines that are text", "[" + line + "]", "\"" + "lines" + "\""),
            replacing("a NUL in the customer", "\"customerId\":\"", "\"customerId\":\"" + NUL),
            replacing("a NUL in a SKU", "\"sku\":\"", "\"sku\":\"" + NUL),
            replacing(
                "an endless customer", "\"customerId\":\"", "\"customerId\":\"" + "x".repeat(300)),
            replacing("an endless SKU", "\"sku\":\"", "\"sku\":\"" + "X".repeat(300)),
            replacing("half a surrogate", "\"customerId\":\"", "\"customerId\":\"\\ud800"),
            replacing("a number for a customer", "\"customerId\":\"", "\"customerId\":1,\"x\":\""),
            replacing("no such way to pay", "wallet", "barter"),
            replacing("a card without a token", "wallet", "card")));

    refused(scene, "POST", scene.api().orders().resolve("/orders"), good, bad);
  }

  @Test
  void noBadDepositIsMade(Scene scene) {
    var customer = scene.customer("1.00 EUR");
    var uri = scene.api().payments().resolve("/wallets/" + customer.id() + "/deposits");

    var bad = new ArrayList<>(BadInput.ofAnyKind());
    bad.addAll(
        List.of(
            replacing("an amount that is a number", "\"1.00\"", "1.00"),
            replacing("1e309", "\"1.00\"", "1e309"),
            replacing("1e309 as text", "1.00", "1e309"),
            replacing("NaN", "1.00", "NaN"),
            replacing("2^63", "1.00", "9223372036854775808.00"),
            replacing("a million digits", "1.00", "1".repeat(60_000) + ".00"),
            replacing("no currency", "\"EUR\"", "null"),
            replacing("a currency with a NUL", "EUR", "EU" + NUL)));

    refused(scene, "POST", uri, Amount.of("1.00 EUR").json(), bad);
    customer.has("1.00 EUR");
  }

  @Test
  void noBadProductIsMade(Scene scene) {
    var uri = scene.api().inventory().resolve("/products/" + scene.unknownSku());

    var bad = new ArrayList<>(BadInput.ofAnyKind());
    bad.addAll(
        List.of(
            replacing("a NUL in the name", "tea", "te" + NUL + "a"),
            replacing("no name", "\"tea\"", "null"),
            replacing("an empty name", "tea", ""),
            replacing("a blank name", "tea", "  "),
            replacing("an endless name", "tea", "t".repeat(10_000)),
            replacing("a name that is a number", "\"tea\"", "1"),
            replacing("a price that is a number", "\"amount\":\"1.00\"", "\"amount\":1.00"),
            replacing("no price", "{\"amount\":\"1.00\",\"currency\":\"EUR\"}", "null"),
            replacing("a negative price", "1.00", "-1.00")));

    refused(
        scene,
        "PUT",
        uri,
        "{\"name\":\"tea\",\"price\":%s}".formatted(Amount.of("1.00 EUR").json()),
        bad);
  }

  @Test
  void noBadAdjustmentIsMade(Scene scene) {
    var tea = scene.product("1.00 EUR", 10);
    var uri = scene.api().inventory().resolve("/products/" + tea.sku() + "/adjustments");

    var bad = new ArrayList<>(BadInput.ofAnyKind());
    bad.addAll(BadInput.adjustments());
    bad.addAll(
        List.of(
            BadInput.body("less than nothing left", good -> good.replace(":5", ":-11")),
            BadInput.body("more than a shelf holds", good -> good.replace(":5", ":2147483647")),
            replacing("a NUL in the reason", "delivery", "deli" + NUL + "very"),
            replacing("an endless reason", "delivery", "d".repeat(10_000))));

    refused(scene, "POST", uri, "{\"quantity\":5,\"reason\":\"delivery\"}", bad);
    tea.holds(10, 0);
  }

  @Test
  void anAdjustmentOfAnUnknownProductIsRefused(Scene scene) {
    var answer = scene.api().adjust(scene.unknownSku(), 1);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders", "/wallets/someone/deposits", "/products/TEA-001/adjustments"})
  void withoutAnIdempotencyKeyNothingIsDone(String path, Scene scene) {
    var rows = new RowCounts(scene);

    for (var key : List.of("", "\"\"", "x".repeat(256))) {
      var body = body(path, scene);
      var answer =
          key.isEmpty()
              ? Http.post(at(scene, path), body)
              : Http.post(at(scene, path), body, "Idempotency-Key", key);
      assertThat(answer.status()).as("key '%s': %s", key, answer).isEqualTo(400);
      assertThat(answer.isProblem()).as("key '%s': %s", key, answer).isTrue();
    }

    rows.areWhatTheyWere();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /orders/%s, 404",
    "GET, /orders/%s/events, 404",
    "POST, /orders/%s/cancellation, 404",
    "GET, /payments/%s, 404",
    "GET, /products/%s, 404"
  })
  void whatNobodyKnowsIsNotFound(String method, String path, int status, Scene scene) {
    var answer =
        Http.send(method, at(scene, path.formatted(UUID.randomUUID())), "", "Idempotency-Key", "x");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /orders/none",
    "GET, /orders/%00",
    "GET, /orders?limit=many",
    "GET, /orders?limit=-1",
    "GET, /orders?status=LOST",
    "GET, /orders?after=nowhere",
    "GET, /orders/none/events",
    "POST, /orders/none/cancellation",
    "DELETE, /orders/none",
    "POST, /nowhere",
    "GET, /payments/none",
    "GET, /payments?orderId=none",
    "GET, /payments",
    "GET, /wallets/someone/entries?after=nowhere",
    "GET, /products?limit=0",
    "GET, /reservations?orderId=none",
    "GET, /products/%00",
    "GET, /wallets/%00",
    "PATCH, /products/TEA-001"
  })
  void anAddressThatMakesNoSenseIsAProblem(String method, String path, Scene scene) {
    var answer = Http.send(method, at(scene, path), "", "Idempotency-Key", "x");

    assertThat(answer.isProblem() || answer.status() == 400)
        .as("%s %s: %s", method, path, answer)
        .isTrue();
  }

  private static void refused(
      Scene scene, String method, URI uri, String good, List<BadInput> inputs) {
    var rows = new RowCounts(scene);
    var soft = new SoftAssertions();
    for (var input : inputs) {
      var body = input.spoil().apply(good);
      soft.assertThat(body.equals(good) && input.contentType().equals("application/json"))
          .as("%s spoils nothing", input)
          .isFalse();
      var answer =
          Http.send(
              method,
              uri,
              body,
              "Content-Type",
              input.contentType(),
              "Idempotency-Key",
              Api.newKey());
      soft.assertThat(answer.isProblem()).as("%s: %s", input, answer).isTrue();
    }
    soft.assertAll();
    rows.areWhatTheyWere();
  }

  private static URI at(Scene scene, String path) {
    var api = scene.api();
    return switch (path.split("[/?]", 3)[1]) {
      case "wallets", "payments" -> api.payments().resolve(path);
      case "products", "reservations" -> api.inventory().resolve(path);
      default -> api.orders().resolve(path);
    };
  }

  private static String body(String path, Scene scene) {
    return switch (path.split("/", 3)[1]) {
      case "wallets" -> Amount.of("1.00 EUR").json();
      case "products" -> "{\"quantity\":1,\"reason\":\"a delivery\"}";
      default -> Line.order("someone", List.of(new Line(scene.unknownSku(), 1)));
    };
  }
}
