package dev.allsquare.order;

import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Rest.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;

/** Places, watches and cancels orders as a client would. */
@TestComponent
public final class OrderClient {

  private final Rest rest;

  public OrderClient(Environment environment) {
    this.rest = new Rest(environment);
  }

  public static String order(String customer, String... skus) {
    var lines = Stream.of(skus).map("{\"sku\":\"%s\",\"quantity\":1}"::formatted).toList();
    return """
        {"customerId":"%s","lines":[%s],"payment":{"method":"wallet"}}"""
        .formatted(customer, String.join(",", lines));
  }

  /** Places an order for one pot of tea and does not wait. */
  public UUID place(String customer) {
    return post(order(customer, "TEA-001"), key()).is(202).id();
  }

  public static String key() {
    return UUID.randomUUID().toString();
  }

  public Answer post(String body, @Nullable String key, String... headers) {
    var keyed = key == null ? Stream.<String>of() : Stream.of("Idempotency-Key", key);
    return rest.post(
        "/orders", body, Stream.concat(keyed, Stream.of(headers)).toArray(String[]::new));
  }

  public Answer postAs(String contentType, byte[] body) {
    var bytes = BodyPublishers.ofByteArray(body);
    return rest.exchange(
        "POST", "/orders", bytes, "Content-Type", contentType, "Idempotency-Key", key());
  }

  public Answer get(String path, String... headers) {
    return rest.get(path, headers);
  }

  public Answer cancel(UUID order) {
    return rest.exchange("POST", "/orders/" + order + "/cancellation", BodyPublishers.noBody());
  }

  public Answer manage(String path) {
    return rest.manage(path);
  }

  public String statusOf(UUID order) {
    return get("/orders/" + order).is(200).text("status");
  }

  /** The lines of an event stream, read until the server ends it. */
  public HttpResponse<Stream<String>> events(UUID order, @Nullable String lastEventId) {
    var path = "/orders/" + order + "/events";
    return lastEventId == null
        ? rest.lines(path, "Accept", "text/event-stream")
        : rest.lines(path, "Accept", "text/event-stream", "Last-Event-ID", lastEventId);
  }
}
