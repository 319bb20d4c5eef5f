package dev.allsquare.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.inventory.InventoryTest;
import dev.allsquare.inventory.Warehouse;
import dev.allsquare.testing.BrokenJson;
import dev.allsquare.testing.Rest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever comes in: a problem that says what is wrong, no row, and never a 5xx. */
@InventoryTest
class BadInputTest {

  private static final String PRICE = "\"price\":{\"amount\":\"1.00\",\"currency\":\"EUR\"}";

  @Autowired Rest rest;
  @Autowired Warehouse warehouse;
  @Autowired JdbcClient jdbc;

  private final String sku = "BAD-" + UUID.randomUUID();

  static Stream<String> products() {
    return Stream.of(
        "{\"name\":\"tea\"}",
        "{" + PRICE + "}",
        "{\"name\":null," + PRICE + "}",
        "{\"name\":\"tea\",\"price\":null}",
        "{\"name\":\"\"," + PRICE + "}",
        "{\"name\":\"   \"," + PRICE + "}",
        "{\"name\":\"te\\u0000a\"," + PRICE + "}",
        "{\"name\":\"te\\ud800a\"," + PRICE + "}",
        "{\"name\":\"te\\na\"," + PRICE + "}",
        "{\"name\":\"" + "t".repeat(201) + "\"," + PRICE + "}",
        "{\"name\":1," + PRICE + "}",
        "{\"name\":[\"tea\"]," + PRICE + "}",
        "{\"name\":\"tea\",\"colour\":\"green\"," + PRICE + "}",
        "{\"name\":\"tea\",\"name\":\"tea\"," + PRICE + "}",
        "{\"name\":\"tea\",\"version\":7," + PRICE + "}",
        "{\"name\":\"tea\",\"price\":\"1.00 EUR\"}",
        "{\"name\":\"tea\",\"price\":{}}",
        price("\"1.00\"", "null"),
        price("null", "\"EUR\""),
        price("1.00", "\"EUR\""),
        price("1e309", "\"EUR\""),
        price("\"1e309\"", "\"EUR\""),
        price("\"NaN\"", "\"EUR\""),
        price("\"1\"", "\"EUR\""),
        price("\"1.0\"", "\"EUR\""),
        price("\"1.000\"", "\"EUR\""),
        price("\"1,00\"", "\"EUR\""),
        price("\" 1.00\"", "\"EUR\""),
        price("\"01.00\"", "\"EUR\""),
        price("\"\u0661.00\"", "\"EUR\""),
        price("\"0.00\"", "\"EUR\""),
        price("\"-1.00\"", "\"EUR\""),
        price("\"92233720368547758.08\"", "\"EUR\""),
        price("\"9223372036854775808.00\"", "\"EUR\""),
        price("\"" + "1".repeat(5_000) + ".00\"", "\"EUR\""),
        price("\"12.00\"", "\"JPY\""),
        price("\"0.50\"", "\"KWD\""),
        price("\"1.00\"", "\"eur\""),
        price("\"1.00\"", "\"EURO\""),
        price("\"1.00\"", "\"XXX\""),
        price("\"1.00\"", "\"XAU\""),
        price("\"1.00\"", "\"E\\u0000R\""));
  }

  static Stream<String> adjustments() {
    return Stream.concat(
        Stream.of(
                "0",
                "1.5",
                "1.0",
                "1e3",
                "1e309",
                "-1e309",
                "9223372036854775808",
                "\"1\"",
                "true",
                "null",
                "[]",
                "{}",
                "NaN",
                "0x10",
                "-11",
                "1000000000")
            .map(quantity -> "{\"quantity\":" + quantity + ",\"reason\":\"delivery\"}"),
        Stream.of(
            "{\"reason\":\"delivery\"}",
            "{\"quantity\":1}",
            "{\"quantity\":1,\"reason\":null}",
            "{\"quantity\":1,\"reason\":\"\"}",
            "{\"quantity\":1,\"reason\":7}",
            "{\"quantity\":1,\"reason\":\"de\\u0000livery\"}",
            "{\"quantity\":1,\"reason\":\"" + "d".repeat(201) + "\"}",
            "{\"quantity\":1,\"reason\":\"delivery\",\"by\":\"me\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.allsquare.testing.BrokenJson#documents")
  void noBodyOfAnyKindMakesAProduct(String name, String body) {
    rest.put("/products/" + sku, body).isRefused();
    rest.get("/products/" + sku).is(404);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.allsquare.testing.BrokenJson#documents")
  void noBodyOfAnyKindAdjustsStock(String name, String body) {
    noneAdjusts(body);
  }

  @ParameterizedTest
  @MethodSource("products")
  void noBadProductIsMade(String body) {
    rest.put("/products/" + sku, body).isRefused();
    rest.get("/products/" + sku).is(404);
  }

  @ParameterizedTest
  @MethodSource("adjustments")
  void noBadAdjustmentIsMade(String body) {
    noneAdjusts(body);
  }

  @Test
  void aBadChangeLeavesTheProductAsItWas() {
    rest.put("/products/" + sku, Warehouse.product("tea", "1.00", "EUR")).is(201);
    rest.put("/products/" + sku, Warehouse.product("", "2.00", "EUR")).isRefused();
    rest.put("/products/" + sku, Warehouse.product("tea", "0.00", "EUR")).isRefused();
    assertThat(rest.get("/products/" + sku).etag()).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%00",
        "a%00b",
        "a%20b",
        "%2e%2e",
        "a%2Fb",
        "-a",
        "t%C3%A4",
        "%ff",
        "%F0%9F%8D%B5"
      })
  void whatIsNoSkuNamesNoProduct(String path) {
    for (var answer :
        List.of(
            rest.get("/products/" + path),
            rest.put("/products/" + path, Warehouse.product("tea", "1.00", "EUR")),
            warehouse.adjust(path, 1))) {
      assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    }
  }

  @Test
  void aSkuOfSixtyFiveCharactersIsNone() {
    rest.put("/products/" + "S".repeat(65), Warehouse.product("tea", "1.00", "EUR")).isRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?orderId=", "?orderId=1", "?orderId=%00", "", "?orderId=x&orderId=y"})
  void whatIsNoOrderIdHasNoReservation(String query) {
    rest.get("/reservations" + query).isRefused();
  }

  @Test
  void anotherContentTypeIsRefused() {
    var body = Warehouse.product("tea", "1.00", "EUR");
    rest.put("/products/" + sku, body, "Content-Type", "text/plain").is(415).isRefused();
    rest.put("/products/" + sku, body, "Content-Type", "application/xml").is(415).isRefused();
    rest.put("/products/" + sku, body, "Content-Type", "nonsense").isRefused();
    rest.put("/products/" + sku, "a".repeat(70_000)).is(413).isRefused();
    rest.get("/products/" + sku).is(404);
  }

  @Test
  void formsAndUploadsAreRefusedBeforeAnybodyParsesThem() {
    var path = "/products/" + sku;
    rest.put(path, "%", "Content-Type", "application/x-www-form-urlencoded").is(415).isRefused();
    rest.put(path, BrokenJson.UPLOAD, "Content-Type", BrokenJson.UPLOAD_TYPE).is(415).isRefused();
  }

  @Test
  void whoCannotReadTheAnswerChangesNothing() {
    var body = Warehouse.product("tea", "1.00", "EUR");
    rest.put("/products/" + sku, body, "Accept", "application/xml").is(406);
    rest.get("/products/" + sku).is(404);

    var product = warehouse.product(10);
    var adjustment = "{\"quantity\":5,\"reason\":\"delivery\"}";
    rest.post(
            "/products/" + product + "/adjustments",
            adjustment,
            "Idempotency-Key",
            sku,
            "Accept",
            "application/xml")
        .is(406);
    assertThat(warehouse.stock(product)).isEqualTo("10/0");
  }

  @Test
  void anotherMethodOrPathIsRefused() {
    rest.call("DELETE", "/products/" + sku, null).is(405).isRefused();
    rest.call("POST", "/products", "{}").is(405).isRefused();
    rest.get("/nothing").is(404).isRefused();
  }

  private void noneAdjusts(String body) {
    var product = warehouse.product(10);
    rest.post("/products/" + product + "/adjustments", body, "Idempotency-Key", sku).isRefused();
    assertThat(warehouse.stock(product)).isEqualTo("10/0");
    assertThat(
            jdbc.sql("select count(*) from adjustment where sku = ?")
                .param(product)
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(
            jdbc.sql("select count(*) from idempotency_key where key = ?")
                .param(sku)
                .query(Long.class)
                .single())
        .as("keys consumed")
        .isZero();
  }

  private static String price(String amount, String currency) {
    return "{\"name\":\"tea\",\"price\":{\"amount\":%s,\"currency\":%s}}"
        .formatted(amount, currency);
  }
}
