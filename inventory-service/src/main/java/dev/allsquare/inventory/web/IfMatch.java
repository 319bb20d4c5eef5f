package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Product;
import dev.allsquare.web.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;

/**
 * The {@code If-Match} header (<a href="https://www.rfc-editor.org/rfc/rfc9110#name-if-match">RFC
 * 9110</a>): change the product only if it still is what the caller last saw.
 */
record IfMatch(@Nullable String header) {

  /**
   * Lets the request through or ends it.
   *
   * @throws Problem 412 when the product is another version, or is not there
   */
  void check(Optional<Product> product) {
    if (header != null && !product.map(this::matches).orElse(false)) {
      throw new Problem(
          HttpStatus.PRECONDITION_FAILED,
          "product-changed",
          "The product is no longer the version that If-Match names; read it again and decide anew.");
    }
  }

  private boolean matches(Product product) {
    var current = ETag.create(Long.toString(product.version()));
    return ETag.parse(String.valueOf(header)).stream()
        .anyMatch(tag -> tag.isWildcard() || tag.compare(current, true));
  }
}
