package dev.allsquare.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Server-Sent Events, read in the background as a browser does. */
final class EventStream {

  private static final JsonMapper JSON = new JsonMapper();

  private final int status;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> end;

  /** One event: its id and what its data say. */
  record Event(String id, JsonNode data) {

    String status() {
      return data.path("status").asString("");
    }
  }

  private EventStream(int status, BufferedReader lines) {
    this.status = status;
    this.end = new CompletableFuture<>();
    Thread.startVirtualThread(() -> read(lines));
  }

  static EventStream open(URI uri, String... headers) {
    try {
      var response = Http.stream(uri, headers);
      var reader = new InputStreamReader(response.body(), StandardCharsets.UTF_8);
      return new EventStream(response.statusCode(), new BufferedReader(reader));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int status() {
    return status;
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  /** Whether the service closed the stream. */
  boolean hasEnded() {
    return end.isDone() && !end.isCompletedExceptionally();
  }

  private void read(BufferedReader reader) {
    try (reader) {
      var fields = new HashMap<String, String>();
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isEmpty()) {
          add(fields);
          fields.clear();
        } else {
          int colon = line.indexOf(':');
          fields.put(line.substring(0, Math.max(0, colon)), line.substring(colon + 1).strip());
        }
      }
      end.complete(null);
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  private void add(Map<String, String> fields) {
    var data = fields.get("data");
    if (data != null) {
      events.add(new Event(fields.getOrDefault("id", ""), JSON.readTree(data)));
    }
  }
}
