package dev.allsquare.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Sends requests the way any caller would; a connection that fails is an {@link IOException}. */
final class Http {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private Http() {}

  static Answer get(URI uri, String... headers) {
    return send("GET", uri, BodyPublishers.noBody(), headers);
  }

  static Answer post(URI uri, String json, String... headers) {
    return send("POST", uri, json, headers);
  }

  static Answer put(URI uri, String json, String... headers) {
    return send("PUT", uri, json, headers);
  }

  static Answer send(String method, URI uri, String json, String... headers) {
    return send(method, uri, BodyPublishers.ofString(json), headers);
  }

  static Answer send(String method, URI uri, BodyPublisher body, String... headers) {
    try {
      return exchange(method, uri, body, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + uri + ": " + e, e);
    }
  }

  /** Like the others, for callers that expect a service to be dying under their hands. */
  static Answer exchange(String method, URI uri, BodyPublisher body, String... headers)
      throws IOException {
    var response = send(request(method, uri, body, headers), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** An answer that is read while it is still being written. */
  static HttpResponse<InputStream> stream(URI uri, String... headers) throws IOException {
    return send(
        request("GET", uri, BodyPublishers.noBody(), headers), BodyHandlers.ofInputStream());
  }

  private static HttpRequest request(
      String method, URI uri, BodyPublisher body, String... headers) {
    var request = HttpRequest.newBuilder(uri).method(method, body).timeout(PATIENCE);
    if (body.contentLength() != 0) {
      request.setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return CLIENT.send(request, handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
