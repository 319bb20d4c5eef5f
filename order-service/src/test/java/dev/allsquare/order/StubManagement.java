package dev.allsquare.order;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Stands in for the management port of a participant. */
public final class StubManagement implements HttpHandler {

  public static final StubManagement PAYMENT = new StubManagement("/management/payment");
  public static final StubManagement INVENTORY = new StubManagement("/management/inventory");

  private static final Map<String, String> ANSWERS =
      Map.of(
          "outbox", "{\"depth\":2,\"oldestAgeSeconds\":0.4,\"parked\":[]}",
          "deadletters", "{\"items\":[]}",
          "consistency", "{\"consistent\":true,\"violations\":[]}");

  private final String path;
  private volatile boolean up = true;

  private StubManagement(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** Connections are dropped without an answer while it is not up. */
  public void up(boolean now) {
    up = now;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = ANSWERS.get(exchange.getRequestURI().getPath().replaceFirst(".*/", ""));
      if (up) {
        var bytes = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
