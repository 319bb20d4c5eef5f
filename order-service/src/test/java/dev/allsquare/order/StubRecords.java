package dev.allsquare.order;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Stands in for what a participant keeps of the orders, over HTTP. */
public final class StubRecords implements HttpHandler {

  public static final StubRecords PAYMENTS = new StubRecords();
  public static final StubRecords RESERVATIONS = new StubRecords();

  private final NavigableMap<String, String> records = new ConcurrentSkipListMap<>();
  private volatile Runnable meanwhile = () -> {};
  private volatile boolean broken;

  private StubRecords() {}

  public void keep(UUID order, String state) {
    records.put(order.toString(), "{\"orderId\":\"%s\",\"state\":\"%s\"}".formatted(order, state));
  }

  public void keep(UUID order, String state, String euros) {
    records.put(
        order.toString(),
        """
        {"orderId":"%s","state":"%s","amount":{"amount":"%s","currency":"EUR"},"customerId":"x"}\
        """
            .formatted(order, state, euros));
  }

  public void forget(UUID order) {
    records.remove(order.toString());
  }

  /** Runs this while it is asked for one order. */
  public void meanwhile(Runnable what) {
    meanwhile = what;
  }

  /** Every answer is an error until told otherwise. */
  public void broken(boolean now) {
    broken = now;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var query = exchange.getRequestURI().getQuery();
      var path = exchange.getRequestURI().getPath();
      var body = path.endsWith("-states") ? states(query) : one(query);
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(broken ? 500 : body.isEmpty() ? 404 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String one(String query) {
    meanwhile.run();
    return records.getOrDefault(query.replace("orderId=", ""), "");
  }

  private String states(String query) {
    var parts = query.split("[=&]", -1);
    return records.tailMap(parts[1], false).values().stream()
        .limit(Integer.parseInt(parts[3]))
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }
}
