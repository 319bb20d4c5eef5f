package dev.allsquare.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Rest.Answer;
import java.util.UUID;

/** Products, stock and reservations, as callers see them. */
public record Warehouse(Rest rest) {

  /** A new product with so many pieces; returns its SKU. */
  public String product(int onHand) {
    var sku = "SKU-" + UUID.randomUUID();
    rest.put("/products/" + sku, product("tea", "12.50", "EUR")).is(201);
    if (onHand > 0) {
      adjust(sku, onHand).is(201);
    }
    return sku;
  }

  /** The body that describes a product. */
  public static String product(String name, String amount, String currency) {
    return """
        {"name":"%s","price":{"amount":"%s","currency":"%s"}}"""
        .formatted(name, amount, currency);
  }

  public Answer adjust(String sku, long quantity) {
    return adjust(sku, quantity, UUID.randomUUID().toString());
  }

  public Answer adjust(String sku, long quantity, String key) {
    return rest.post(
        "/products/" + sku + "/adjustments",
        "{\"quantity\":" + quantity + ",\"reason\":\"delivery\"}",
        "Idempotency-Key",
        key);
  }

  /** Pieces on hand and reserved, as {@code 10/3}. */
  public String stock(String sku) {
    var product = rest.get("/products/" + sku).is(200).json();
    long onHand = product.path("onHand").asLong();
    long reserved = product.path("reserved").asLong();
    assertThat(product.path("available").asLong()).isEqualTo(onHand - reserved);
    return onHand + "/" + reserved;
  }

  /** The state of an order's reservation. */
  public String reservation(UUID order) {
    return rest.get("/reservations?orderId=" + order).is(200).json().path("state").asString();
  }
}
