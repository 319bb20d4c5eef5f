package dev.allsquare.order.reconciling;

import dev.allsquare.order.catalog.InventoryProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Walks through all orders by id, here and at the participants side by side, and names those that
 * disagree. It reads and changes nothing. The three are read one after the other, so that whoever
 * seems to disagree is read again before it is named.
 */
@Component
public class Reconciliation {

  private static final int PAGE = 1_000;
  private static final int MOST_CHECKED = 50_000;
  private static final int MOST_NAMED = 1_000;

  /**
   * An order that disagrees.
   *
   * @param status here; null for an order that only the participants know
   * @param what what they have of it
   */
  public record Violation(UUID orderId, @Nullable String status, String what) {}

  /**
   * What was found.
   *
   * @param checked how many orders were looked at
   * @param next where to go on, if there are more orders than one call looks at
   */
  public record Report(
      boolean consistent, int checked, @Nullable UUID next, List<Violation> violations) {}

  private final KnownOrders orders;
  private final Records payments;
  private final Records reservations;

  @Autowired
  Reconciliation(KnownOrders orders, PaymentProperties payment, InventoryProperties inventory) {
    this(
        orders,
        Records.at(payment.url(), "payment", payment.connectTimeout(), payment.readTimeout()),
        Records.at(
            inventory.url(), "reservation", inventory.connectTimeout(), payment.readTimeout()));
  }

  private Reconciliation(KnownOrders orders, Records payments, Records reservations) {
    this.orders = orders;
    this.payments = payments;
    this.reservations = reservations;
  }

  /**
   * Checks the orders behind this one.
   *
   * @throws org.springframework.web.client.RestClientException when a participant gives no answer
   */
  public Report after(UUID start) {
    List<Violation> violations = new ArrayList<>();
    int checked = 0;
    Optional<UUID> position = Optional.of(start);
    while (position.isPresent() && checked < MOST_CHECKED && violations.size() < MOST_NAMED) {
      var stretch = stretch(position.get());
      stretch.suspects().stream()
          .map(this::again)
          .flatMap(Optional::stream)
          .forEach(violations::add);
      checked += stretch.cases().size();
      position = stretch.end();
    }
    return new Report(
        violations.isEmpty(), checked, position.orElse(null), List.copyOf(violations));
  }

  private Stretch stretch(UUID start) {
    return Stretch.of(
        orders.after(start, PAGE),
        payments.after(start, PAGE),
        reservations.after(start, PAGE),
        PAGE);
  }

  /** An order that is the same before and after the others were asked was that all the while. */
  private Optional<Violation> again(UUID id) {
    var before = orders.find(id).orElse(null);
    var payment = payments.of(id).orElse(null);
    var reservation = reservations.of(id).orElse(null);
    var after = orders.find(id).orElse(null);
    return Objects.equals(before, after)
        ? new Case(after, payment, reservation)
            .complaint()
            .map(what -> new Violation(id, after == null ? null : after.status().name(), what))
        : Optional.empty();
  }
}
