package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.Adjustment;
import dev.allsquare.inventory.domain.Sku;
import dev.allsquare.inventory.domain.Stocks;
import dev.allsquare.message.Uuid7;
import dev.allsquare.web.IdempotencyKey;
import dev.allsquare.web.IdempotencyKeys;
import dev.allsquare.web.IdempotencyKeys.Claim;
import dev.allsquare.web.IdempotencyKeys.Use;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adjusts stock, once per idempotency key. */
@Component
class Adjusting {

  private final Stocks stocks;
  private final IdempotencyKeys keys;
  private final Clock clock;

  Adjusting(Stocks stocks, IdempotencyKeys keys, Clock clock) {
    this.stocks = stocks;
    this.keys = keys;
    this.clock = clock;
  }

  @Transactional
  AdjustmentView adjust(Sku sku, AdjustmentRequest request, IdempotencyKey key) {
    var use = new Use(key, Uuid7.next(clock.instant()).toString());
    var adjustment =
        switch (keys.claim(List.of(use)).getFirst()) {
          case Claim.Fresh(var id) -> adjust(UUID.fromString(id), sku, request);
          case Claim.Repeat(var id) -> stocks.adjustment(UUID.fromString(id)).orElseThrow();
          case Claim.Mismatch mismatch -> throw mismatch.problem();
        };
    return AdjustmentView.of(adjustment);
  }

  private Adjustment adjust(UUID id, Sku sku, AdjustmentRequest request) {
    var stock = stocks.locked(sku).orElseThrow(() -> Requests.unknown(sku));
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var adjustment = stock.adjust(id, request.quantity(), request.reason(), now);
    stocks.write(List.of(stock));
    stocks.add(adjustment);
    return adjustment;
  }
}
