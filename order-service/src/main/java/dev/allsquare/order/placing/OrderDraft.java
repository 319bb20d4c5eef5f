package dev.allsquare.order.placing;

import dev.allsquare.contract.inventory.Line;
import dev.allsquare.web.IdempotencyKey;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A valid request for an order that has no price yet.
 *
 * @param orderId what the order will be called, so that it can be watched before it is there
 */
public record OrderDraft(
    UUID orderId, IdempotencyKey key, String customerId, List<Line> lines, String traceparent) {

  Set<String> skus() {
    return lines.stream().map(Line::sku).collect(Collectors.toSet());
  }
}
