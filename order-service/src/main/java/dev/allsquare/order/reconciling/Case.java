package dev.allsquare.order.reconciling;

import dev.allsquare.contract.Money;
import dev.allsquare.order.domain.OrderStatus;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the three services know of one order; nothing, where one is null. */
record Case(
    @Nullable Known order, Records.@Nullable Entry payment, Records.@Nullable Entry reservation) {

  private static final String NONE = "none";
  private static final Set<String> NOTHING_PAID = Set.of(NONE, "DECLINED", "VOIDED");
  private static final Set<String> NOTHING_HELD = Set.of(NONE, "RELEASED");

  /** An order as it is here. */
  record Known(UUID id, OrderStatus status, Money total, long version) {}

  /** What does not agree; empty when all does, and while a saga is at work on it. */
  Optional<String> complaint() {
    if (order == null) {
      return Optional.of("it is not known here; " + holdings());
    }
    boolean square =
        switch (order.status()) {
          case PENDING, CANCELLING -> true;
          case CONFIRMED ->
              paid().equals("CAPTURED") && held().equals("COMMITTED") && atItsPrice(order);
          case REJECTED -> nothingHappened();
          case CANCELLED ->
              nothingHappened() || (paid().equals("REFUNDED") && held().equals("RESTOCKED"));
        };
    return square ? Optional.empty() : Optional.of(holdings());
  }

  private boolean nothingHappened() {
    return NOTHING_PAID.contains(paid()) && NOTHING_HELD.contains(held());
  }

  private boolean atItsPrice(Known order) {
    return payment != null && order.total().equals(payment.amount());
  }

  private String paid() {
    return payment == null ? NONE : payment.state();
  }

  private String held() {
    return reservation == null ? NONE : reservation.state();
  }

  private String holdings() {
    var amount = payment == null ? null : payment.amount();
    var money = amount == null ? "" : " of " + amount.amount() + " " + amount.currency();
    return "payment: " + paid() + money + ", reservation: " + held();
  }
}
