package dev.allsquare.order.web;

import dev.allsquare.contract.inventory.Line;
import dev.allsquare.order.placing.OrderDraft;
import dev.allsquare.order.web.OrderRequest.LineRequest;
import dev.allsquare.order.web.OrderRequest.PaymentRequest;
import dev.allsquare.web.IdempotencyKey;
import dev.allsquare.web.Problem;
import java.util.HashSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Turns well-formed requests into drafts; what annotations can't say about a request is said here.
 */
final class OrderRequests {

  private OrderRequests() {}

  static OrderDraft draft(
      UUID orderId, OrderRequest request, @Nullable String idempotencyKey, String traceparent) {
    var key = IdempotencyKey.of("POST /orders " + request.customerId(), idempotencyKey, request);
    requireOneLinePerSku(request);
    requireWallet(request.payment());
    return new OrderDraft(
        orderId,
        key,
        request.customerId(),
        request.lines().stream().map(line -> new Line(line.sku(), line.quantity())).toList(),
        traceparent);
  }

  private static void requireOneLinePerSku(OrderRequest request) {
    var seen = new HashSet<String>();
    request.lines().stream()
        .map(LineRequest::sku)
        .filter(sku -> !seen.add(sku))
        .findFirst()
        .ifPresent(
            sku -> {
              throw new Problem(
                  HttpStatus.UNPROCESSABLE_CONTENT,
                  "sku-repeated",
                  sku + " stands on two lines. Put all its pieces on one.");
            });
  }

  private static void requireWallet(PaymentRequest payment) {
    switch (payment.method()) {
      case "wallet" -> {
        if (payment.token() != null) {
          throw new Problem(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "payment-token-unexpected",
              "A wallet has no token. Leave payment.token out.");
        }
      }
      case "card" ->
          throw new Problem(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "payment-method-not-offered",
              "Cards are not offered yet. Pay with {\"method\":\"wallet\"}.");
      default ->
          throw new Problem(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "payment-method-unknown",
              "payment.method is not one we know. Pay with {\"method\":\"wallet\"}.");
    }
  }
}
