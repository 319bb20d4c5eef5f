package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Product;
import dev.allsquare.inventory.domain.Products;
import dev.allsquare.inventory.domain.Sku;
import dev.allsquare.outbox.Outbox;
import dev.allsquare.web.ETags;
import dev.allsquare.web.Page;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts products into the catalogue and tells the others, in one transaction. */
@Component
class Catalog {

  private final Products products;
  private final Outbox outbox;
  private final ProductEvents events;
  private final TransactionTemplate transaction;

  Catalog(Products products, Outbox outbox, ProductEvents events, TransactionTemplate transaction) {
    this.products = products;
    this.outbox = outbox;
    this.events = events;
    this.transaction = transaction;
  }

  /** Returns whether the product is new. */
  boolean put(Sku sku, ProductRequest request, @Nullable String ifMatch) {
    try {
      return inTransaction(sku, request, ifMatch);
    } catch (DataIntegrityViolationException e) {
      // Someone else added it between our look and our insert: now it is there to be changed.
      return inTransaction(sku, request, ifMatch);
    }
  }

  private boolean inTransaction(Sku sku, ProductRequest request, @Nullable String ifMatch) {
    return Boolean.TRUE.equals(
        transaction.execute(
            _ -> {
              var existing = products.locked(sku);
              ETags.requireMatch(ifMatch, existing.map(Product::version).orElse(null));
              existing.ifPresentOrElse(
                  product -> describe(product, request), () -> add(sku, request));
              return existing.isEmpty();
            }));
  }

  private void add(Sku sku, ProductRequest request) {
    var product = new Product(sku, request.name(), request.price());
    products.add(product);
    publish(product);
  }

  private void describe(Product product, ProductRequest request) {
    if (product.describe(request.name(), request.price())) {
      products.flush();
      publish(product);
    }
  }

  private void publish(Product product) {
    outbox.append(List.of(events.of(product)));
  }

  Optional<ProductView> find(Sku sku) {
    return products.find(sku).map(ProductView::of);
  }

  Page<ProductView> page(@Nullable Sku after, int limit) {
    var found = products.page(after, limit + 1).stream().map(ProductView::of).toList();
    return Page.of(found, limit, ProductView::sku);
  }
}
