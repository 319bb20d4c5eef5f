package dev.allsquare.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service as its users do. */
@TestConfiguration(proxyBeanMethods = false)
public class Rest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Environment environment;

  Rest(Environment environment) {
    this.environment = environment;
  }

  /** What came back. */
  public record Answer(int status, String etag, String contentType, String body) {

    public JsonNode json() {
      return JSON.readTree(body);
    }

    /** Checks the status, showing the body when it is another one. */
    public Answer is(int expected) {
      assertThat(status).as(body).isEqualTo(expected);
      return this;
    }

    /** Checks for a problem of this status and type. */
    public Answer isProblem(int expected, String type) {
      is(expected);
      assertThat(contentType).isEqualTo("application/problem+json");
      assertThat(json().path("type").asString()).endsWith("/" + type);
      assertThat(json().path("detail").asString()).isNotBlank();
      return this;
    }
  }

  public Answer get(String path) {
    return exchange("local.server.port", "GET", path, null);
  }

  public Answer put(String path, String body, String... headers) {
    return call("PUT", path, body, headers);
  }

  public Answer post(String path, String body, String... headers) {
    return call("POST", path, body, headers);
  }

  /** Calls with a JSON body, unless the headers name another content type. */
  public Answer call(String method, String path, @Nullable String body, String... headers) {
    return exchange("local.server.port", method, path, body, headers);
  }

  /** An Actuator endpoint's answer. */
  public JsonNode actuator(String path) {
    return exchange("local.management.port", "GET", "/actuator/" + path, null).is(200).json();
  }

  private Answer exchange(
      String port, String method, String path, @Nullable String body, String... headers) {
    var request =
        HttpRequest.newBuilder(
            URI.create("http://localhost:" + environment.getRequiredProperty(port) + path));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return answer(send(request.build()));
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("ETag").orElse(""),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }

  /** A new customer with these amounts, such as {@code 12.50 EUR}; returns the id. */
  public String customer(String... amounts) {
    var customer = "customer-" + UUID.randomUUID();
    for (var amount : amounts) {
      deposit(customer, amount).is(201);
    }
    return customer;
  }

  public Answer deposit(String customer, String amount) {
    return deposit(customer, amount, UUID.randomUUID().toString());
  }

  public Answer deposit(String customer, String amount, String key) {
    return post("/wallets/" + customer + "/deposits", money(amount), "Idempotency-Key", key);
  }

  /** An amount such as {@code 12.50 EUR} as JSON. */
  public static String money(String amount) {
    var parts = amount.split(" ", 2);
    return "{\"amount\":\"%s\",\"currency\":\"%s\"}".formatted(parts[0], parts[1]);
  }

  /** What a customer has, as {@code 10.00+2.50 EUR, 100+0 JPY}: available and held. */
  public String wallet(String customer) {
    return get("/wallets/" + customer)
        .is(200)
        .json()
        .path("balances")
        .valueStream()
        .map(
            balance ->
                balance.path("available").path("amount").asString()
                    + "+"
                    + balance.path("held").path("amount").asString()
                    + " "
                    + balance.path("held").path("currency").asString())
        .collect(Collectors.joining(", "));
  }

  /** The order's payment. */
  public JsonNode payment(UUID order) {
    return get("/payments?orderId=" + order).is(200).json();
  }

  /** What the payment moved, such as {@code HOLD AVAILABLE -12.50}. */
  public List<String> entries(UUID order) {
    return payment(order).path("entries").valueStream().map(Rest::entry).toList();
  }

  /** An entry, such as {@code HOLD AVAILABLE -12.50}. */
  public static String entry(JsonNode entry) {
    return entry.path("movement").asString()
        + " "
        + entry.path("account").asString()
        + " "
        + entry.path("amount").path("amount").asString();
  }

  /** Checks that every invariant of the books holds. */
  public void auditsClean() {
    assertThat(actuator("consistency").toString())
        .isEqualTo("{\"consistent\":true,\"violations\":[]}");
  }
}
