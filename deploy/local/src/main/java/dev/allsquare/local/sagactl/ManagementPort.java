package dev.allsquare.local.sagactl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Actuator of one service. Whatever is no answer becomes a sentence. */
final class ManagementPort implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final String STALE = "saga-changed";

  private final String service;
  private final URI root;
  private final JsonMapper json = JsonMapper.shared();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  ManagementPort(String service, URI root) {
    this.service = service;
    this.root = root;
  }

  JsonNode get(String path) {
    return find(path)
        .orElseThrow(() -> new Failure(Failure.REFUSED, "%s has no %s.".formatted(service, path)));
  }

  JsonNode get(String path, Map<String, String> query) {
    var text =
        query.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
            .sorted()
            .collect(Collectors.joining("&"));
    return get(text.isEmpty() ? path : path + "?" + text);
  }

  /** Nothing where there is none. */
  Optional<JsonNode> find(String path) {
    var answer = send(at(path).GET().build());
    return answer.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(body(answer));
  }

  JsonNode post(String path, Object body) {
    var text = json.writeValueAsString(body);
    return body(
        send(
            at(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text))
                .build()));
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(root + "/actuator/" + path)).timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Failure(
          Failure.NO_ANSWER,
          "%s does not answer at %s: %s. Is it up? --service and --url say where to ask."
              .formatted(service, root, e.getMessage() == null ? "nobody is there" : e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.NO_ANSWER, "Interrupted.");
    }
  }

  private JsonNode body(HttpResponse<String> answer) {
    var body = parsed(answer.body());
    int status = answer.statusCode();
    if (status < 300 && body != null) {
      return body;
    }
    if (status >= 500 || body == null) {
      throw new Failure(
          Failure.NO_ANSWER, "%s answers %d: %s".formatted(service, status, words(body)));
    }
    boolean stale = status == CONFLICT && type(body).equals(STALE);
    throw new Failure(
        stale ? Failure.TOO_LATE : Failure.REFUSED,
        "%s (%d %s)%s"
            .formatted(
                words(body),
                status,
                type(body),
                stale ? " Nothing was done; explain shows how it stands now." : ""));
  }

  private @Nullable JsonNode parsed(String body) {
    try {
      return body.isBlank() ? json.createObjectNode() : json.readTree(body);
    } catch (JacksonException _) {
      return null;
    }
  }

  private static String words(@Nullable JsonNode problem) {
    return problem == null ? "no JSON" : problem.path("detail").asString("no reason is given.");
  }

  private static String type(JsonNode problem) {
    var type = problem.path("type").asString("");
    return type.substring(type.lastIndexOf('/') + 1);
  }

  @Override
  public void close() {
    client.close();
  }
}
