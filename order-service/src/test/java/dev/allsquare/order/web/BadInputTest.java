package dev.allsquare.order.web;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.testing.BrokenJson;
import dev.allsquare.testing.Rest;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
class BadInputTest {

  @Autowired private OrderClient client;
  @Autowired private JdbcClient jdbc;
  @Autowired private Environment environment;

  static Stream<Arguments> badBodies() {
    var good = order("bad", "TEA-001");
    var bad =
        Stream.of(
            Arguments.of("truncated", good.substring(0, good.length() - 5)),
            Arguments.of("something after the end", good + "{}"),
            Arguments.of(
                "unknown field", good.replace("{\"customerId\"", "{\"price\":1,\"customerId\"")),
            Arguments.of("unknown field in a line", good.replace("\"sku\"", "\"price\":1,\"sku\"")),
            Arguments.of(
                "field twice",
                good.replace("{\"customerId\"", "{\"customerId\":\"x\",\"customerId\"")),
            Arguments.of("number for a text", good.replace("\"bad\"", "5")),
            Arguments.of("text for a number", quantity("\"1\"")),
            Arguments.of("quantity 0", quantity("0")),
            Arguments.of("quantity -1", quantity("-1")),
            Arguments.of("quantity 1.5", quantity("1.5")),
            Arguments.of("quantity 1.0", quantity("1.0")),
            Arguments.of("quantity 1e309", quantity("1e309")),
            Arguments.of("quantity 2^63", quantity("9223372036854775808")),
            Arguments.of("quantity 2^32+1", quantity("4294967297")),
            Arguments.of("quantity 10001", quantity("10001")),
            Arguments.of("quantity null", quantity("null")),
            Arguments.of("quantity true", quantity("true")),
            Arguments.of("quantity missing", good.replace(",\"quantity\":1", "")),
            Arguments.of("SKU twice", order("bad", "TEA-001", "TEA-001")),
            Arguments.of("101 lines", lines(101)),
            Arguments.of("no lines", order("bad")),
            Arguments.of("line null", good.replaceFirst("\\{\"sku\".*?}", "null")),
            Arguments.of("lines null", good.replaceFirst("\\[.*]", "null")),
            Arguments.of("NUL in the customer", good.replace("bad", "b\\u0000d")),
            Arguments.of("NUL in the SKU", order("bad", "TEA\\u0000")),
            Arguments.of("customer empty", order("", "TEA-001")),
            Arguments.of("customer too long", order("x".repeat(101), "TEA-001")),
            Arguments.of("customer with a line break", order("bad\\nbad", "TEA-001")),
            Arguments.of("customer missing", good.replace("\"customerId\":\"bad\",", "")),
            Arguments.of("SKU with a path", order("bad", "../orders")),
            Arguments.of("payment missing", good.replaceFirst(",\"payment\".*", "}")),
            Arguments.of("payment null", payment("null")),
            Arguments.of("payment without method", payment("{}")),
            Arguments.of("payment a text", payment("\"wallet\"")),
            Arguments.of("unknown method", payment("{\"method\":\"gold\"}")),
            Arguments.of(
                "wallet with a token", payment("{\"method\":\"wallet\",\"token\":\"tok_1\"}")),
            Arguments.of("mixed currencies", order("bad", "TEA-001", "MAT-004")));
    return Stream.concat(BrokenJson.documents(), bad);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badBodies")
  void isTheClientsMistakeAndWritesNothing(String what, String body) {
    long before = rows();

    var answer = client.post(body, key());

    answer.isRefused();
    assertThat(rows()).as(what).isEqualTo(before);
  }

  @Test
  void hundredLinesAreNotTooMany() {
    assertThat(client.post(lines(100), key()).text("type")).endsWith("product-unknown");
  }

  @Test
  void cardsAreNotOfferedYet() {
    client
        .post(payment("{\"method\":\"card\",\"token\":\"tok_1\"}"), key())
        .isProblem(422, "payment-method-not-offered");
  }

  @Test
  void tenMegabytesAreRefused() {
    var body = order("x".repeat(10_000_000), "TEA-001").getBytes(UTF_8);

    var answer = client.postAs("application/json", body);

    answer.isRefused();
    assertThat(answer.status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x"
      })
  void anotherContentTypeIsRefused(String contentType) {
    var answer = client.postAs(contentType, order("bad", "TEA-001").getBytes(UTF_8));

    answer.isRefused();
    assertThat(answer.status()).isEqualTo(415);
  }

  @Test
  void whoCannotReadTheAnswerOrdersNothing() {
    long before = rows();
    client.post(order("bad", "TEA-001"), key(), "Accept", "application/xml").is(406);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void formsAndUploadsAreRefusedBeforeAnybodyParsesThem() {
    var form = "application/x-www-form-urlencoded";
    new Rest(environment).put("/orders", "%", "Content-Type", form).is(405).isRefused();
    client.postAs(BrokenJson.UPLOAD_TYPE, BrokenJson.UPLOAD.getBytes(UTF_8)).is(415).isRefused();
  }

  @Test
  void brokenUtf8IsRefused() {
    var body = order("bad", "TEA-001").replace("bad", "b?d").getBytes(UTF_8);
    body[new String(body, UTF_8).indexOf('?')] = (byte) 0xC3;

    client.postAs("application/json", body).isRefused();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=0",
        "?limit=101",
        "?limit=-1",
        "?limit=x",
        "?limit=1.5",
        "?status=GONE",
        "?after=zzz",
        "?limit=9223372036854775808"
      })
  void aBadListIsRefused(String query) {
    client.get("/orders" + query).isRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders/zzz", "/orders/zzz/events", "/orders/1-1-1-1"})
  void aMalformedIdIsRefused(String path) {
    client.get(path).isRefused();
  }

  @Test
  void anUnknownIdIsNotFound() {
    client.get("/orders/" + UUID.randomUUID()).isProblem(404, "order-unknown");
    client.get("/orders/" + UUID.randomUUID() + "/events").isProblem(404, "order-unknown");
    client
        .get("/orders/" + UUID.randomUUID() + "/events", "Accept", "text/event-stream")
        .isProblem(404, "order-unknown");
  }

  @Test
  void anUnknownPathIsNotFound() {
    var answer = client.get("/nowhere").is(404);

    answer.isRefused();
  }

  private long rows() {
    return jdbc.sql("select count(*) from orders where customer_id not like 'crowd-%'")
        .query(Long.class)
        .single();
  }

  private static String quantity(String quantity) {
    return order("bad", "TEA-001").replace("\"quantity\":1", "\"quantity\":" + quantity);
  }

  private static String payment(String payment) {
    return order("bad", "TEA-001").replace("{\"method\":\"wallet\"}", payment);
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"sku\":\"SKU-%d\",\"quantity\":1}".formatted(i))
        .collect(
            Collectors.joining(
                ",",
                "{\"customerId\":\"bad\",\"lines\":[",
                "],\"payment\":{\"method\":\"wallet\"}}"));
  }
}
