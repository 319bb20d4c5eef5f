package dev.allsquare.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
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

  /** A new product with so many pieces; returns its SKU. */
  public String product(int onHand) {
    var sku = "SKU-" + UUID.randomUUID();
    put("/products/" + sku, product("tea", "12.50", "EUR")).is(201);
    if (onHand > 0) {
      adjust(sku, onHand).is(201);
    }
    return sku;
  }

  /** The body that describes a product. */
  public static String product(String name, String amount, String currency) {
    return """
        {"name":"%s","price":{"amount":"%s","currency":"%s"}}"""
        .formatted(name, amount, currency);
  }

  public Answer adjust(String sku, long quantity) {
    return adjust(sku, quantity, UUID.randomUUID().toString());
  }

  public Answer adjust(String sku, long quantity, String key) {
    return post(
        "/products/" + sku + "/adjustments",
        "{\"quantity\":" + quantity + ",\"reason\":\"delivery\"}",
        "Idempotency-Key",
        key);
  }

  /** Pieces on hand and reserved, as {@code 10/3}. */
  public String stock(String sku) {
    var product = get("/products/" + sku).is(200).json();
    long onHand = product.path("onHand").asLong();
    long reserved = product.path("reserved").asLong();
    assertThat(product.path("available").asLong()).isEqualTo(onHand - reserved);
    return onHand + "/" + reserved;
  }

  /** The state of an order's reservation. */
  public String reservation(UUID order) {
    return get("/reservations?orderId=" + order).is(200).json().path("state").asString();
  }
}
