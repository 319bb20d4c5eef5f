package dev.allsquare.order.placing;

import dev.allsquare.contract.Money;
import dev.allsquare.order.catalog.Catalog;
import dev.allsquare.order.domain.NotPriceable;
import dev.allsquare.order.domain.Order;
import dev.allsquare.order.domain.OrderBook;
import dev.allsquare.order.domain.OrderLine;
import dev.allsquare.saga.Sagas;
import dev.allsquare.web.IdempotencyKeys;
import dev.allsquare.web.IdempotencyKeys.Claim;
import dev.allsquare.web.IdempotencyKeys.Use;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/**
 * Places a batch of drafts in one transaction: prices, keys, orders with their history, sagas and
 * outbox rows, each in one statement for all of them.
 */
@Component
class PlacementBatch {

  private final Catalog catalog;
  private final IdempotencyKeys keys;
  private final OrderBook book;
  private final Sagas sagas;
  private final Clock clock;

  PlacementBatch(Catalog catalog, IdempotencyKeys keys, OrderBook book, Sagas sagas, Clock clock) {
    this.catalog = catalog;
    this.keys = keys;
    this.book = book;
    this.sagas = sagas;
    this.clock = clock;
  }

  /** What became of each draft, in their order. */
  @Transactional
  public List<Placement> place(List<OrderDraft> drafts) {
    var placements = price(drafts);
    claimKeys(drafts, placements);
    var orders =
        placements.stream()
            .filter(Placement.Placed.class::isInstance)
            .map(placement -> ((Placement.Placed) placement).order())
            .toList();
    if (!orders.isEmpty()) {
      book.add(orders);
      sagas.start(PlaceOrderSaga.NAME, orders.stream().map(PlacementBatch::start).toList());
    }
    return placements;
  }

  /**
   * What the draft's key made before, for a draft that could not be placed today: prices change,
   * but a repeated request is answered with its order. A fresh key is not used up.
   */
  @Transactional
  public Optional<Placement> earlier(OrderDraft draft) {
    var claim = keys.claim(List.of(new Use(draft.key(), ""))).getFirst();
    return switch (claim) {
      case Claim.Fresh fresh -> {
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        yield Optional.empty();
      }
      case Claim.Repeat repeat -> Optional.of(repeated(repeat));
      case Claim.Mismatch mismatch -> Optional.of(new Placement.KeyReused(mismatch));
    };
  }

  private List<Placement> price(List<OrderDraft> drafts) {
    var prices =
        catalog.prices(
            drafts.stream().flatMap(draft -> draft.skus().stream()).collect(Collectors.toSet()));
    return drafts.stream()
        .map(draft -> price(draft, prices))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Placement price(OrderDraft draft, Map<String, Money> prices) {
    var missing = new HashSet<>(draft.skus());
    missing.removeAll(prices.keySet());
    if (!missing.isEmpty()) {
      return new Placement.ProductsMissing(missing);
    }
    var now = clock.instant();
    var lines =
        draft.lines().stream()
            .map(line -> new OrderLine(line.sku(), line.quantity(), known(prices, line.sku())))
            .toList();
    try {
      return new Placement.Placed(
          Order.place(
              draft.orderId(), sagas.newId(), draft.customerId(), lines, draft.traceparent(), now));
    } catch (NotPriceable e) {
      return new Placement.Refused(e);
    }
  }

  private static Money known(Map<String, Money> prices, String sku) {
    return Objects.requireNonNull(prices.get(sku));
  }

  /** Only drafts that can be placed use their keys: a refused request consumes none. */
  private void claimKeys(List<OrderDraft> drafts, List<Placement> placements) {
    var uses = new ArrayList<Use>();
    var positions = new ArrayList<Integer>();
    for (int i = 0; i < drafts.size(); i++) {
      if (placements.get(i) instanceof Placement.Placed(Order order)) {
        uses.add(new Use(drafts.get(i).key(), order.id().toString()));
        positions.add(i);
      }
    }
    if (!uses.isEmpty()) {
      var claims = keys.claim(uses);
      for (int i = 0; i < claims.size(); i++) {
        placements.set(positions.get(i), claimed(placements.get(positions.get(i)), claims.get(i)));
      }
    }
  }

  private static Placement claimed(Placement placed, Claim claim) {
    return switch (claim) {
      case Claim.Fresh fresh -> placed;
      case Claim.Repeat repeat -> repeated(repeat);
      case Claim.Mismatch mismatch -> new Placement.KeyReused(mismatch);
    };
  }

  private static Placement repeated(Claim.Repeat repeat) {
    return new Placement.Repeated(UUID.fromString(repeat.resource()));
  }

  private static Sagas.Start<PlacingData> start(Order order) {
    return new Sagas.Start<>(
        order.sagaId(), order.id().toString(), PlacingData.of(order), order.traceparent());
  }
}
