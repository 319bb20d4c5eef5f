package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Sku;
import dev.allsquare.web.Cursor;
import dev.allsquare.web.ETags;
import dev.allsquare.web.Page;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue. */
@RestController
@RequestMapping(path = "/products", produces = MediaType.APPLICATION_JSON_VALUE)
class ProductController {

  private static final int MOST = 100;

  private final Catalog catalog;

  ProductController(Catalog catalog) {
    this.catalog = catalog;
  }

  @PutMapping("/{sku}")
  ResponseEntity<ProductView> put(
      @PathVariable String sku,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @Valid @RequestBody ProductRequest product) {
    var key = Requests.sku(sku);
    boolean added = Requests.valid(() -> catalog.put(key, product, ifMatch));
    return answer(added ? HttpStatus.CREATED : HttpStatus.OK, get(sku));
  }

  @GetMapping("/{sku}")
  ResponseEntity<ProductView> show(@PathVariable String sku) {
    return answer(HttpStatus.OK, get(sku));
  }

  @GetMapping
  Page<ProductView> list(
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable String after) {
    if (limit < 1 || limit > MOST) {
      throw Requests.invalid("limit is 1 to " + MOST + ".");
    }
    return catalog.page(Cursor.read(after, Sku::new), limit);
  }

  private ProductView get(String code) {
    var sku = Requests.sku(code);
    return catalog.find(sku).orElseThrow(() -> Requests.unknown(sku));
  }

  private static ResponseEntity<ProductView> answer(HttpStatus status, ProductView product) {
    return ResponseEntity.status(status).eTag(ETags.of(product.version())).body(product);
  }
}
