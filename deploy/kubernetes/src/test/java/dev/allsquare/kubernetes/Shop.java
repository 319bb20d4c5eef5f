package dev.allsquare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;

/** What customers and operators do, over HTTP. */
record Shop(Cluster cluster) {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final JsonMapper JSON = new JsonMapper();

  /** A new product at 10.00 EUR with so many pieces; returns its SKU. */
  String product(int pieces) {
    String sku = "SKU-" + UUID.randomUUID();
    String product = "{'name':'Tea','price':{'amount':'10.00','currency':'EUR'}}";
    call("inventory-service", "PUT", "/products/" + sku, product);
    String delivery = "{'quantity':%d,'reason':'delivery'}".formatted(pieces);
    call("inventory-service", "POST", "/products/" + sku + "/adjustments", delivery);
    return sku;
  }

  /** A new customer with so many euros; returns the id. */
  String customer(int euros) {
    String customer = "customer-" + UUID.randomUUID();
    String money = "{'amount':'%d.00','currency':'EUR'}".formatted(euros);
    call("payment-service", "POST", "/wallets/" + customer + "/deposits", money);
    return customer;
  }

  /** Waits for the outcome. */
  JsonNode order(String customer, String sku, int quantity) {
    return call(
        "order-service",
        "POST",
        "/orders",
        "{'customerId':'%s','lines':[{'sku':'%s','quantity':%d}],'payment':{'method':'wallet'}}"
            .formatted(customer, sku, quantity));
  }

  UUID confirmed(String customer, String sku) {
    var order = order(customer, sku, 1);
    assertThat(order.path("status").asText()).as(order.toString()).isEqualTo("CONFIRMED");
    return UUID.fromString(order.path("id").asText());
  }

  void cancel(UUID order) {
    call("order-service", "POST", "/orders/" + order + "/cancellation", "{}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> statusOf(order).equals("CANCELLED"));
  }

  String statusOf(UUID order) {
    return json(get("order-service", "http", "/orders/" + order)).path("status").asText();
  }

  /** An operator's look at a management port. */
  JsonNode manage(String service, String path) {
    return json(get(service, "management", "/actuator/" + path));
  }

  String scrape(String service) {
    return get(service, "management", "/actuator/prometheus");
  }

  private String get(String service, String port, String path) {
    return send(HttpRequest.newBuilder(cluster.at(service, port).resolve(path)));
  }

  private JsonNode call(String service, String method, String path, String body) {
    return json(
        send(
            HttpRequest.newBuilder(cluster.at(service, "http").resolve(path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Prefer", "wait=30")
                .method(method, BodyPublishers.ofString(body.replace('\'', '"')))));
  }

  private static String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          CLIENT.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
