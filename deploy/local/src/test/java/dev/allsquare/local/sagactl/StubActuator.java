package dev.allsquare.local.sagactl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A management port that answers as it was told, and remembers what it was asked. */
final class StubActuator implements AutoCloseable {

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();

  StubActuator() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/actuator/", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** The last answer of several is repeated. */
  StubActuator on(String request, int status, String body) {
    answers.computeIfAbsent(request, _ -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  /** Such as {@code POST sagas/1/retry {…}}. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().toString().substring("/actuator/".length());
    var request = exchange.getRequestMethod() + " " + path;
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.add((request + " " + body).strip());
    var known = answers.get(request);
    var answer =
        known == null
            ? new Answer(404, "")
            : known.size() > 1 ? known.removeFirst() : known.getFirst();
    var bytes = answer.body.getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
