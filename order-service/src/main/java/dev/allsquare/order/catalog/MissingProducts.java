package dev.allsquare.order.catalog;

import dev.allsquare.contract.inventory.Product;
import dev.allsquare.web.Problem;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Fetches products that have not arrived by event yet. Concurrent requests for one product share
 * one call.
 */
@Component
public class MissingProducts {

  private static final Logger log = LoggerFactory.getLogger(MissingProducts.class);

  private final InventoryClient inventory;
  private final Catalog catalog;
  private final ConcurrentMap<String, CompletableFuture<Optional<Product>>> underWay =
      new ConcurrentHashMap<>();

  MissingProducts(InventoryClient inventory, Catalog catalog) {
    this.inventory = inventory;
    this.catalog = catalog;
  }

  /**
   * Brings these products into the catalogue. Never inside a transaction: it calls a remote
   * service.
   *
   * @throws Problem 422 when one of them is unknown, 503 when inventory-service gives no answer
   */
  @Transactional(propagation = Propagation.NEVER)
  public void fetch(Collection<String> skus) {
    var answers = skus.stream().sorted().map(this::ask).toList();
    var found = answers.stream().map(MissingProducts::answer).flatMap(Optional::stream).toList();
    catalog.learn(found);
    var unknown = new TreeSet<>(skus);
    found.forEach(product -> unknown.remove(product.sku()));
    if (!unknown.isEmpty()) {
      throw new Problem(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "product-unknown",
          "There is no product " + String.join(", ", unknown) + ".");
    }
  }

  private CompletableFuture<Optional<Product>> ask(String sku) {
    return underWay.computeIfAbsent(sku, this::call);
  }

  private CompletableFuture<Optional<Product>> call(String sku) {
    var answer = new CompletableFuture<Optional<Product>>();
    Thread.ofVirtual().name("product " + sku).start(() -> complete(sku, answer));
    return answer;
  }

  private void complete(String sku, CompletableFuture<Optional<Product>> answer) {
    try {
      answer.complete(inventory.product(sku));
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    } finally {
      underWay.remove(sku, answer);
    }
  }

  private static Optional<Product> answer(CompletableFuture<Optional<Product>> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      log.warn("inventory-service gave no answer: {}", String.valueOf(e.getCause()));
      throw new Problem(
              HttpStatus.SERVICE_UNAVAILABLE,
              "inventory-unreachable",
              "A product of this order is not known here yet, and inventory-service, which would"
                  + " know it, can't be reached. Try again.")
          .with(HttpHeaders.RETRY_AFTER, "5");
    }
  }
}
