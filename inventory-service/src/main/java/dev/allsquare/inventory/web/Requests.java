package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Sku;
import dev.allsquare.web.Problem;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/** The domain's own sentences, as answers to callers. */
final class Requests {

  private Requests() {}

  /** What the domain makes of the caller's input; 400 with the domain's complaint if it refuses. */
  static <T> T valid(Supplier<T> input) {
    try {
      return input.get();
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  static Sku sku(String code) {
    return valid(() -> new Sku(code));
  }

  static Problem invalid(String why) {
    return new Problem(HttpStatus.BAD_REQUEST, "invalid-request", why);
  }

  static Problem unknown(Sku sku) {
    return new Problem(HttpStatus.NOT_FOUND, "product-unknown", "There is no product " + sku + ".");
  }
}
