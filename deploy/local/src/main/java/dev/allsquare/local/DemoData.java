package dev.allsquare.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A small catalogue and funded wallets, loaded as anybody would: over REST. An interrupted loading
 * starts over at the next start. What it had added then counts once, as long as the services
 * remember idempotency keys: seven days.
 */
final class DemoData {

  private record Product(String sku, String name, String amount, String currency, int onHand) {}

  private record Deposit(String customer, String amount, String currency) {}

  private static final List<Product> PRODUCTS =
      List.of(
          new Product("TEA-001", "Sencha, 100 g", "12.50", "EUR", 1_000),
          new Product("CUP-002", "Tea cup", "8.00", "EUR", 500),
          new Product("POT-003", "Iron tea pot", "39.90", "EUR", 3),
          new Product("MAT-004", "Bamboo mat", "1200", "JPY", 100));

  private static final List<Deposit> DEPOSITS =
      List.of(
          new Deposit("alice", "1000.00", "EUR"),
          new Deposit("alice", "100000", "JPY"),
          new Deposit("bob", "5.00", "EUR"));

  private final Path marker;

  DemoData(Path data) {
    this.marker = data.resolve("demo-data.loaded");
  }

  /**
   * Loads what belongs to this service, which is ready. The others may be starting still: each has
   * its first requests to answer, the slowest of its life.
   */
  void load(ServiceReplica service) {
    if (service.replica() != 1 || Files.exists(marker)) {
      return;
    }
    try (var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      switch (service.kind()) {
        case INVENTORY -> PRODUCTS.forEach(product -> load(product, service.uri(), client));
        case PAYMENT -> loadWallets(service.uri(), client);
        case ORDER -> {}
      }
    }
  }

  /** A later start loads nothing. */
  void done(Progress progress) {
    if (!Files.exists(marker)) {
      try {
        Files.createFile(marker);
      } catch (IOException e) {
        throw new UncheckedIOException("Could not remember that the demo data is loaded", e);
      }
      progress.says("demo data is loaded");
    }
  }

  private static void load(Product product, URI inventory, HttpClient client) {
    URI uri = inventory.resolve("/products/" + product.sku);
    send(
        client,
        request(uri, "product-" + product.sku)
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"name":"%s","price":{"amount":"%s","currency":"%s"}}\
                    """
                        .formatted(product.name, product.amount, product.currency))));
    send(
        client,
        request(URI.create(uri + "/adjustments"), "stock-" + product.sku)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"quantity":%d,"reason":"demo data"}\
                    """
                        .formatted(product.onHand))));
  }

  private static void loadWallets(URI payment, HttpClient client) {
    DEPOSITS.forEach(deposit -> load(deposit, payment, client));
    send(
        client,
        request(payment.resolve("/wallets/carol/balances/EUR"), "carol")
            .PUT(HttpRequest.BodyPublishers.noBody()));
  }

  private static void load(Deposit deposit, URI payment, HttpClient client) {
    URI uri = payment.resolve("/wallets/" + deposit.customer + "/deposits");
    send(
        client,
        request(uri, "deposit-" + deposit.customer + "-" + deposit.currency)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"amount":"%s","currency":"%s"}\
                    """
                        .formatted(deposit.amount, deposit.currency))));
  }

  private static HttpRequest.Builder request(URI uri, String key) {
    return HttpRequest.newBuilder(uri)
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", "demo-" + key);
  }

  private static void send(HttpClient client, HttpRequest.Builder builder) {
    var request = builder.build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new TopologyException(
            "Could not load the demo data: %s %s was answered %d %s"
                .formatted(
                    request.method(), request.uri(), response.statusCode(), response.body()));
      }
    } catch (IOException e) {
      throw new TopologyException(
          "Could not load the demo data: %s %s failed: %s"
              .formatted(request.method(), request.uri(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopologyException("Interrupted while loading the demo data.", e);
    }
  }
}
