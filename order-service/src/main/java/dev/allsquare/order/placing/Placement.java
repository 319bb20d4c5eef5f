package dev.allsquare.order.placing;

import dev.allsquare.order.domain.NotPriceable;
import dev.allsquare.order.domain.Order;
import dev.allsquare.web.IdempotencyKeys.Claim;
import java.util.Set;
import java.util.UUID;

/** What became of one draft in a batch. */
sealed interface Placement {

  /** A new order, committed with the first commands of its saga. */
  record Placed(Order order) implements Placement {}

  /** The key was used before for the same draft, and made this order. */
  record Repeated(UUID orderId) implements Placement {}

  /** The key was used before for another draft. */
  record KeyReused(Claim.Mismatch claim) implements Placement {}

  /** These products are not in the catalogue; nothing was written. */
  record ProductsMissing(Set<String> skus) implements Placement {}

  /** The lines don't add up; nothing was written. */
  record Refused(NotPriceable why) implements Placement {}
}
