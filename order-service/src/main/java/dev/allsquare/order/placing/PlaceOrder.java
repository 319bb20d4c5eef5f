package dev.allsquare.order.placing;

import dev.allsquare.order.catalog.MissingProducts;
import dev.allsquare.order.domain.NotPriceable;
import dev.allsquare.order.domain.Order;
import dev.allsquare.order.domain.OrderBook;
import dev.allsquare.web.Problem;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/** Places orders; concurrent callers share a commit. */
@Component
public class PlaceOrder {

  private final Combiner<OrderDraft, Placement> combiner;
  private final PlacementBatch batch;
  private final MissingProducts missingProducts;
  private final OrderBook book;

  PlaceOrder(
      PlacementBatch batch,
      MissingProducts missingProducts,
      OrderBook book,
      PlacingProperties properties) {
    this.combiner =
        new Combiner<>(
            properties.batchLimit(),
            batch::place,
            CannotCreateTransactionException.class::isInstance,
            new Combiner.Patience(properties.patience(), System::nanoTime, PlaceOrder::overloaded));
    this.batch = batch;
    this.missingProducts = missingProducts;
    this.book = book;
  }

  /**
   * The new order, or in its current state the one that the same request made before.
   *
   * @throws Problem when the draft can't become an order; then nothing was written
   */
  public Order place(OrderDraft draft) {
    return switch (combiner.submit(draft)) {
      case Placement.Refused refused -> settle(batch.earlier(draft).orElse(refused));
      case Placement.ProductsMissing missing ->
          settle(batch.earlier(draft).orElseGet(() -> fetchAndPlace(draft, missing)));
      case Placement placement -> settle(placement);
    };
  }

  private Placement fetchAndPlace(OrderDraft draft, Placement.ProductsMissing missing) {
    missingProducts.fetch(missing.skus());
    return combiner.submit(draft);
  }

  private Order settle(Placement placement) {
    return switch (placement) {
      case Placement.Placed placed -> placed.order();
      case Placement.Repeated repeated -> existing(repeated.orderId());
      case Placement.KeyReused reused -> throw reused.claim().problem();
      case Placement.Refused refused -> throw refused(refused.why());
      case Placement.ProductsMissing missing -> throw stillMissing();
    };
  }

  private Order existing(UUID id) {
    return book.find(id).orElseThrow(() -> new IllegalStateException("no order " + id));
  }

  private static Problem refused(NotPriceable why) {
    var type =
        switch (why.rule()) {
          case ONE_CURRENCY -> "currencies-mixed";
          case TOTAL_FITS -> "total-too-large";
        };
    return new Problem(
        HttpStatus.UNPROCESSABLE_CONTENT, type, "This can't be ordered: " + why.getMessage() + ".");
  }

  private static Problem overloaded() {
    return new Problem(
            HttpStatus.SERVICE_UNAVAILABLE,
            "overloaded",
            "More orders come than can be placed. Nothing was done; try again in a moment.")
        .with(HttpHeaders.RETRY_AFTER, "1");
  }

  private static Problem stillMissing() {
    return new Problem(
            HttpStatus.SERVICE_UNAVAILABLE,
            "inventory-unreachable",
            "A product of this order vanished while it was looked up. Try again.")
        .with(HttpHeaders.RETRY_AFTER, "5");
  }
}
