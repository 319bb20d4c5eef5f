package dev.allsquare.e2e;

import java.util.List;
import java.util.stream.Collectors;

/** So many pieces of one SKU, as an order asks for them. */
record Line(String sku, int quantity) {

  String json() {
    return "{\"sku\":\"%s\",\"quantity\":%d}".formatted(sku, quantity);
  }

  /** The order of these lines, to be paid from the customer's wallet. */
  static String order(String customer, List<Line> lines) {
    return "{\"customerId\":\"%s\",\"lines\":[%s],\"payment\":{\"method\":\"wallet\"}}"
        .formatted(customer, lines.stream().map(Line::json).collect(Collectors.joining(",")));
  }
}
