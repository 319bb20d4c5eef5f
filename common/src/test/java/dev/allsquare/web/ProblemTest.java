package dev.allsquare.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is wrong with a request, the answer is a problem that says so, and never our fault. */
@SpringBootTest(classes = ShopApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class ProblemTest {

  private static final String LINES = "\"lines\":[{\"sku\":\"TEA\",\"quantity\":1}]";

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @Test
  void aGoodRequestIsServedAndNullsAreLeftOut() throws Exception {
    var answer = post("{\"customerId\":\"alice\"," + LINES + "}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"customerId\":\"alice\"," + LINES + "}");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "malformed        | {]                                     | malformed-body | line 1",
        "truncated        | {\"customerId\":\"al                   | malformed-body | ends",
        "empty            | ``                                     | malformed-body | JSON",
        "null             | null                                   | malformed-body | JSON",
        "an array         | []                                     | wrong-type     | an object",
        "a string         | \"x\"                                  | wrong-type     | an object",
        "trailing tokens  | {\"customerId\":\"a\",L} {}            | malformed-body | JSON",
        "a duplicate key  | {\"customerId\":\"a\",\"customerId\":\"b\",L} | malformed-body | JSON",
        "an unknown field | {\"customerId\":\"a\",L,\"price\":1}   | unknown-field  | 'price'",
        "text for a list  | {\"customerId\":\"a\",\"lines\":\"x\"} | wrong-type     | an array",
        "number for text  | {\"customerId\":5,L}                   | wrong-type     | 'customerId'",
        "boolean for text | {\"customerId\":true,L}                | wrong-type     | text",
        "text for boolean | {\"customerId\":\"a\",L,\"gift\":\"true\"} | wrong-type | true or false",
        "number for boolean | {\"customerId\":\"a\",L,\"gift\":1}  | wrong-type     | true or false",
        "text for number  | {\"customerId\":\"a\",L,\"points\":\"5\"} | wrong-type  | whole number",
        "2^63             | {\"customerId\":\"a\",L,\"points\":9223372036854775808} | wrong-type | 64",
        "1e309            | {\"customerId\":\"a\",L,\"points\":1e309} | wrong-type   | 'points'",
        "an unknown name  | {\"customerId\":\"a\",L,\"size\":\"HUGE\"} | wrong-type | SMALL, LARGE",
        "number for a name | {\"customerId\":\"a\",L,\"size\":1}   | wrong-type     | SMALL, LARGE",
        "NUL in text      | {\"customerId\":\"a\\u0000\",L}        | invalid-value  | NUL",
        "half a surrogate | {\"customerId\":\"a\\ud800\",L}        | invalid-value  | 'customerId'",
        "NUL in a key     | {\"customerId\":\"a\",L,\"labels\":{\"\\u0000\":\"x\"}} | invalid-value | NUL",
        "no customer      | {L}                                    | invalid-value  | 'customerId'",
        "blank customer   | {\"customerId\":\"\",L}                | invalid-value  | 'customerId'",
        "no lines         | {\"customerId\":\"a\",\"lines\":[]}    | invalid-value  | 'lines'",
        "other digits     | {\"customerId\":\"a\",L,\"tip\":{\"amount\":\"1.5\",\"currency\":\"EUR\"}} | invalid-value | 2 digits",
        "no currency      | {\"customerId\":\"a\",L,\"tip\":{\"amount\":\"1.50\"}} | invalid-value | incomplete",
        "money as number  | {\"customerId\":\"a\",L,\"tip\":{\"amount\":1.50,\"currency\":\"EUR\"}} | wrong-type | 'tip.amount'"
      })
  void aBadBodyIsRefused(String what, String body, String type, String hint) throws Exception {
    var problem = problem(post(body.replace(",L", "," + LINES).replace("{L", "{" + LINES)), 400);
    assertThat(problem.path("type").asString()).isEqualTo("https://allsquare.dev/problems/" + type);
    assertThat(problem.path("detail").asString()).as(what).contains(hint);
    assertThat(problem.path("instance").asString()).isEqualTo("/shop/orders");
  }

  @ParameterizedTest
  @CsvSource({
    "0, invalid-value", "-1, invalid-value", "10001, invalid-value", "1.5, wrong-type",
    "1.0, wrong-type", "1e309, wrong-type", "1e2, wrong-type", "9223372036854775808, wrong-type",
    "2147483648, wrong-type", "null, wrong-type", "true, wrong-type", "{}, wrong-type",
    "[1], wrong-type", "NaN, malformed-body", "01, malformed-body"
  })
  void aBadQuantityIsRefusedByName(String quantity, String type) throws Exception {
    var lines = "\"lines\":[{\"sku\":\"TEA\",\"quantity\":" + quantity + "}]";
    var problem = problem(post("{\"customerId\":\"a\"," + lines + "}"), 400);
    assertThat(problem.path("type").asString()).endsWith("/" + type);
    if (!type.equals("malformed-body")) {
      assertThat(problem.path("errors").path(0).path("field").asString())
          .isEqualTo("lines[0].quantity");
    }
  }

  @Test
  void aMissingNumberIsRefusedAsWell() throws Exception {
    var problem = problem(post("{\"customerId\":\"a\",\"lines\":[{\"sku\":\"TEA\"}]}"), 400);
    assertThat(problem.path("detail").asString()).startsWith("'lines[0].quantity' must be");
  }

  @Test
  void aHundredAndFirstLineIsRefused() throws Exception {
    var lines =
        "{\"sku\":\"TEA\",\"quantity\":1},".repeat(100) + "{\"sku\":\"TEA\",\"quantity\":1}";
    problem(post("{\"customerId\":\"a\",\"lines\":[" + lines + "]}"), 400);
  }

  @Test
  void deepNestingAndBrokenUtf8AreRefused() throws Exception {
    problem(post("[".repeat(60_000)), 400);
    problem(post(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xC3, '"'})), 400);
    problem(post(BodyPublishers.ofByteArray(new byte[] {0, 0, 0, 0})), 400);
  }

  @Test
  void aBodyOver64KiBIsRefusedWhetherOrNotItSaysItsLength() throws Exception {
    var large = ("{\"customerId\":\"" + "a".repeat(10_000_000)).getBytes(StandardCharsets.UTF_8);
    var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));
    assertThat(problem(post(BodyPublishers.ofByteArray(large)), 413).path("type").asString())
        .endsWith("/body-too-large");
    assertThat(problem(post(chunked), 413).path("type").asString()).endsWith("/body-too-large");
  }

  @Test
  void aBodyOfExactly64KiBIsRead() throws Exception {
    var body = "{\"customerId\":\"a\"," + LINES + "}";
    var padded = body + " ".repeat(BodyLimit.BYTES - body.length());
    assertThat(post(padded).statusCode()).isEqualTo(200);
    problem(post(padded + " "), 413);
  }

  @Test
  void anotherContentTypeIsRefused() throws Exception {
    var request = request("/shop/orders").POST(BodyPublishers.ofString("<x/>"));
    assertThat(
            problem(send(request.header("Content-Type", "text/xml")), 415).path("type").asString())
        .endsWith("/unsupported-media-type");
    problem(send(request("/shop/orders").POST(BodyPublishers.ofString("{}"))), 415);
    problem(
        send(
            request("/shop/orders")
                .header("Content-Type", "nonsense")
                .POST(BodyPublishers.ofString("{}"))),
        415);
  }

  @Test
  void anotherMethodIsRefusedAndTheRightOnesAreTold() throws Exception {
    var answer = send(request("/shop/orders").DELETE());
    assertThat(problem(answer, 405).path("type").asString()).endsWith("/method-not-allowed");
    assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET").contains("POST");
  }

  @ParameterizedTest
  @CsvSource({
    "/nowhere, 404, unknown-path",
    "/error, 404, unknown-path",
    "/shop/orders/1, 400, invalid-parameter",
    "/shop/orders/0198c0de-0000-7000-8000-000000000000, 404, order-unknown",
    "/shop/orders, 400, invalid-parameter",
    "/shop/orders?customerId=a&limit=0, 400, invalid-value",
    "/shop/orders?customerId=a&limit=101, 400, invalid-value",
    "/shop/orders?customerId=a&limit=x, 400, invalid-parameter",
    "/shop/orders?customerId=a&limit=9223372036854775808, 400, invalid-parameter",
    "/shop/orders?customerId=a%00b, 400, invalid-parameter",
    "/shop/products/TEA, 400, missing-header"
  })
  void aBadPathOrQueryIsRefused(String path, int status, String type) throws Exception {
    assertThat(problem(send(request(path).GET()), status).path("type").asString())
        .isEqualTo("https://allsquare.dev/problems/" + type);
  }

  @ParameterizedTest
  @CsvSource({
    "/shop/orders?customerId=%zz",
    "/shop/orders?customerId=%",
    "/shop/products/%00",
    "/shop/products/a%2Fb",
    "/shop/products/%zz",
    "/shop/products/<>",
    "/shop/products/..%5c.."
  })
  void whatTomcatRefusesIsAProblemAsWell(String path) throws Exception {
    var answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("<html").doesNotContain("at org.");
    assertThat(answer).containsIgnoringCase("application/problem+json").contains("\"type\":");
  }

  @Test
  void aPathThatIsNoUriIsNotFoundLikeAnyOther() throws Exception {
    var answer = raw("GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 404").contains("/unknown-path");
  }

  @ParameterizedTest
  @CsvSource({"pool", "lost", "slow"})
  void aLostDatabaseIsNotTheCallersFault(String how) throws Exception {
    var answer = send(request("/shop/broken/" + how).header("Accept", "text/event-stream").GET());
    assertThat(problem(answer, 503).path("type").asString()).endsWith("/unavailable");
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void ourOwnMistakesTellNothingOfOurInsides() throws Exception {
    var answer = send(request("/shop/broken/bug").GET());
    assertThat(problem(answer, 500).path("type").asString()).endsWith("/internal-error");
    assertThat(answer.body()).doesNotContain("secret").doesNotContain("dev.allsquare.S");
  }

  private HttpResponse<String> post(String body) throws Exception {
    return post(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> post(BodyPublisher body) throws Exception {
    return send(request("/shop/orders").header("Content-Type", "application/json").POST(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode problem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("java.");
    var problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asString()).isNotEmpty();
    assertThat(problem.path("detail").asString()).isNotEmpty();
    return problem;
  }
}
