package dev.allsquare.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP to the service as a client would. */
@TestComponent
public final class OrderClient {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Environment environment;
  private @Nullable String base;

  OrderClient(Environment environment) {
    this.environment = environment;
  }

  /** An answer whose body, if any, is JSON. */
  public record Answer(HttpResponse<String> raw) {

    public int status() {
      return raw.statusCode();
    }

    public JsonNode body() {
      return JSON.readTree(raw.body());
    }

    public String text(String field) {
      var node = body().get(field);
      return node == null ? "" : node.asString();
    }

    public UUID id() {
      return UUID.fromString(text("id"));
    }

    public @Nullable String header(String name) {
      return raw.headers().firstValue(name).orElse(null);
    }

    public Answer has(int status) {
      assertThat(status()).as("%s", raw.body()).isEqualTo(status);
      return this;
    }

    /** A problem of this type, told as problem+json. */
    public Answer isProblem(int status, String type) {
      has(status);
      assertThat(header("Content-Type")).startsWith("application/problem+json");
      assertThat(text("type")).endsWith(type);
      return this;
    }
  }

  public static OrderClient at(Environment environment, String base) {
    var client = new OrderClient(environment);
    client.base = base;
    return client;
  }

  public static String order(String customer, String... skus) {
    var lines = Stream.of(skus).map("{\"sku\":\"%s\",\"quantity\":1}"::formatted).toList();
    return """
        {"customerId":"%s","lines":[%s],"payment":{"method":"wallet"}}"""
        .formatted(customer, String.join(",", lines));
  }

  /** Places an order for one pot of tea and does not wait. */
  public UUID place(String customer) {
    return post(order(customer, "TEA-001"), key()).has(202).id();
  }

  public static String key() {
    return UUID.randomUUID().toString();
  }

  public Answer post(String body, @Nullable String key, String... headers) {
    var request =
        request("/orders")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public Answer postAs(String contentType, byte[] body) {
    return send(
        request("/orders")
            .header("Content-Type", contentType)
            .header("Idempotency-Key", key())
            .POST(BodyPublishers.ofByteArray(body)));
  }

  public Answer get(String path, String... headers) {
    var request = request(path).GET();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public Answer cancel(UUID order) {
    return send(request("/orders/" + order + "/cancellation").POST(BodyPublishers.noBody()));
  }

  public Answer manage(String path) {
    return send(
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:"
                        + environment.getProperty("local.management.port")
                        + "/actuator/"
                        + path))
            .GET());
  }

  public String statusOf(UUID order) {
    return get("/orders/" + order).has(200).text("status");
  }

  /** The lines of an event stream, read until the server ends it. */
  public HttpResponse<Stream<String>> events(UUID order, @Nullable String lastEventId)
      throws IOException, InterruptedException {
    var request = request("/orders/" + order + "/events").header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return HTTP.send(request.build(), BodyHandlers.ofLines());
  }

  private HttpRequest.Builder request(String path) {
    var root =
        base == null ? "http://localhost:" + environment.getProperty("local.server.port") : base;
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(40));
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
