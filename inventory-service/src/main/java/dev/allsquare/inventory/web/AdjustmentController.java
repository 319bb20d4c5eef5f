package dev.allsquare.inventory.web;

import dev.allsquare.inventory.domain.StockRefusal;
import dev.allsquare.web.IdempotencyKey;
import dev.allsquare.web.Problem;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Pieces that come or go by hand. */
@RestController
class AdjustmentController {

  private final Adjusting adjusting;

  AdjustmentController(Adjusting adjusting) {
    this.adjusting = adjusting;
  }

  @PostMapping(path = "/products/{sku}/adjustments", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  AdjustmentView adjust(
      @PathVariable String sku,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String header,
      @Valid @RequestBody AdjustmentRequest request) {
    var stock = Requests.sku(sku);
    var key = IdempotencyKey.of("POST /products/" + stock + "/adjustments", header, request);
    try {
      return Requests.valid(() -> adjusting.adjust(stock, request, key));
    } catch (StockRefusal e) {
      throw new Problem(HttpStatus.CONFLICT, "stock-conflict", String.valueOf(e.getMessage()));
    }
  }
}
