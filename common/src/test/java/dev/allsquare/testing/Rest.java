package dev.allsquare.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a service as its users do, at the ports that its environment tells. */
public final class Rest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String SERVER = "local.server.port";
  private static final String MANAGEMENT = "local.management.port";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Environment environment;

  public Rest(Environment environment) {
    this.environment = environment;
  }

  /** What came back. */
  public record Answer(int status, HttpHeaders headers, String body) {

    public JsonNode json() {
      return JSON.readTree(body);
    }

    /** A field of the JSON, or nothing at all. */
    public String text(String field) {
      return json().path(field).asString("");
    }

    public UUID id() {
      return UUID.fromString(text("id"));
    }

    /** The header's first value, or nothing at all. */
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    public String etag() {
      return header("ETag");
    }

    /** Checks the status, showing the body when it is another one. */
    public Answer is(int expected) {
      assertThat(status).as(body).isEqualTo(expected);
      return this;
    }

    /** Checks for a problem of this status and type, told without a word about our insides. */
    public Answer isProblem(int expected, String type) {
      is(expected);
      assertThat(header("Content-Type")).as(body).isEqualTo("application/problem+json");
      assertThat(json().path("status").asInt()).isEqualTo(expected);
      assertThat(text("type")).as(body).contains("/").endsWith(type);
      assertThat(text("detail")).isNotBlank();
      assertThat(body).doesNotContain("dev.allsquare", "Exception", "jackson");
      return this;
    }

    /** Checks for a problem that the caller made. */
    public Answer isRefused() {
      assertThat(status).as(body).isBetween(400, 499);
      return isProblem(status, "");
    }
  }

  public Answer get(String path, String... headers) {
    return call("GET", path, null, headers);
  }

  public Answer put(String path, String body, String... headers) {
    return call("PUT", path, body, headers);
  }

  public Answer post(String path, String body, String... headers) {
    return call("POST", path, body, headers);
  }

  /** Calls with a JSON body, unless the headers name another content type. */
  public Answer call(String method, String path, @Nullable String body, String... headers) {
    var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return exchange(method, path, publisher, headers);
  }

  /** Calls with any body, as JSON unless the headers name another content type. */
  public Answer exchange(String method, String path, BodyPublisher body, String... headers) {
    return answer(request(SERVER, path, headers).method(method, body));
  }

  /** An Actuator endpoint's answer. */
  public JsonNode actuator(String path) {
    return manage(path).is(200).json();
  }

  /** Whatever an Actuator endpoint answers. */
  public Answer manage(String path) {
    return answer(request(MANAGEMENT, "/actuator/" + path));
  }

  /** What an Actuator endpoint answers to a JSON body, unless the headers name another type. */
  public Answer operate(String path, String body, String... headers) {
    var publisher = BodyPublishers.ofString(body);
    return answer(request(MANAGEMENT, "/actuator/" + path, headers).method("POST", publisher));
  }

  /** The lines of an answer, read until the server ends it. */
  public HttpResponse<Stream<String>> lines(String path, String... headers) {
    return send(request(SERVER, path, headers), BodyHandlers.ofLines());
  }

  private HttpRequest.Builder request(String port, String path, String... headers) {
    var root = "http://localhost:" + environment.getRequiredProperty(port);
    var request = HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE);
    request.header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static Answer answer(HttpRequest.Builder request) {
    var response = send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  private static <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
    try {
      return CLIENT.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
