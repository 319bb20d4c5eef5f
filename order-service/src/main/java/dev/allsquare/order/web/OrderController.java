package dev.allsquare.order.web;

import dev.allsquare.message.Uuid7;
import dev.allsquare.order.cancelling.CancelOrder;
import dev.allsquare.order.domain.Order;
import dev.allsquare.order.domain.OrderBook;
import dev.allsquare.order.domain.OrderStatus;
import dev.allsquare.order.placing.OrderDraft;
import dev.allsquare.order.placing.PlaceOrder;
import dev.allsquare.web.Cursor;
import dev.allsquare.web.ETags;
import dev.allsquare.web.Page;
import dev.allsquare.web.Preference;
import dev.allsquare.web.Problem;
import dev.allsquare.web.Traceparent;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Places, shows, lists and cancels orders. */
@RestController
@RequestMapping(path = "/orders", produces = MediaType.APPLICATION_JSON_VALUE)
class OrderController {

  private final PlaceOrder placeOrder;
  private final CancelOrder cancelOrder;
  private final OrderBook book;
  private final OrderWatch watch;
  private final Clock clock;

  OrderController(
      PlaceOrder placeOrder,
      CancelOrder cancelOrder,
      OrderBook book,
      OrderWatch watch,
      Clock clock) {
    this.placeOrder = placeOrder;
    this.cancelOrder = cancelOrder;
    this.book = book;
    this.watch = watch;
    this.clock = clock;
  }

  @PostMapping
  ResponseEntity<OrderView> place(
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      @RequestAttribute(Traceparent.ATTRIBUTE) String traceparent,
      @RequestBody @Valid OrderRequest request) {
    var draft =
        OrderRequests.draft(Uuid7.next(clock.instant()), request, idempotencyKey, traceparent);
    return Preference.waiting(prefer)
        .map(patience -> placed(settled(draft, patience), patience))
        .orElseGet(() -> accepted(placeOrder.place(draft)));
  }

  private OrderView settled(OrderDraft draft, Duration patience) {
    return watch.settled(draft.orderId(), () -> placeOrder.place(draft), patience);
  }

  private static ResponseEntity<OrderView> placed(OrderView order, Duration patience) {
    return ResponseEntity.status(
            order.status().settled() ? HttpStatus.CREATED : HttpStatus.ACCEPTED)
        .location(locationOf(order.id()))
        .header("Preference-Applied", "wait=" + patience.toSeconds())
        .eTag(ETags.of(order.version()))
        .body(order);
  }

  private static ResponseEntity<OrderView> accepted(Order order) {
    return ResponseEntity.accepted()
        .location(locationOf(order.id()))
        .eTag(ETags.of(order.version()))
        .body(OrderView.of(order));
  }

  /** Answers 304 by itself when the client's {@code If-None-Match} names the current version. */
  @GetMapping("/{id}")
  ResponseEntity<OrderView> show(@PathVariable UUID id) {
    var order = book.find(id).orElseThrow(() -> unknown(id));
    return ResponseEntity.ok().eTag(ETags.of(order.version())).body(OrderView.of(order));
  }

  @GetMapping
  Page<OrderView> list(
      @RequestParam(required = false) @Nullable String customerId,
      @RequestParam(required = false) @Nullable OrderStatus status,
      @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
      @RequestParam(required = false) @Nullable String after) {
    // One more than asked for tells whether there is a next page.
    var before = Cursor.read(after, UUID::fromString);
    var found = book.newest(new OrderBook.Filter(customerId, status, before), limit + 1);
    var items = found.stream().limit(limit).map(OrderView::of).toList();
    return new Page<>(items, found.size() > limit ? Cursor.of(items.getLast().id()) : null);
  }

  @PostMapping("/{id}/cancellation")
  ResponseEntity<OrderView> cancel(@PathVariable UUID id) {
    return accepted(cancelOrder.cancel(id));
  }

  static Problem unknown(UUID id) {
    return new Problem(HttpStatus.NOT_FOUND, "order-unknown", "There is no order " + id + ".");
  }

  private static URI locationOf(UUID order) {
    return URI.create("/orders/" + order);
  }
}
