package dev.allsquare.order.catalog;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.inventory.Product;
import java.net.http.HttpClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Asks inventory-service for one product. */
@Component
class InventoryClient {

  /** Of the product's representation what pricing needs. */
  record ProductView(String name, Money price, @Nullable Long version) {}

  /** Where the answer names no version: every event has a higher one and corrects it. */
  private static final long BELOW_ALL_EVENTS = 0;

  private final RestClient rest;

  InventoryClient(InventoryProperties properties) {
    var requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder().connectTimeout(properties.connectTimeout()).build());
    requests.setReadTimeout(properties.readTimeout());
    this.rest = RestClient.builder().baseUrl(properties.url()).requestFactory(requests).build();
  }

  /**
   * The product, or empty when inventory-service has none of this SKU.
   *
   * @throws org.springframework.web.client.RestClientException when it gives no usable answer
   */
  Optional<Product> product(String sku) {
    try {
      var view = rest.get().uri("/products/{sku}", sku).retrieve().body(ProductView.class);
      return Optional.ofNullable(view).map(it -> product(sku, it));
    } catch (HttpClientErrorException.NotFound | HttpClientErrorException.BadRequest unknown) {
      return Optional.empty();
    }
  }

  private static Product product(String sku, ProductView view) {
    long version = view.version() == null ? BELOW_ALL_EVENTS : view.version();
    return new Product(sku, view.name(), view.price(), version);
  }
}
