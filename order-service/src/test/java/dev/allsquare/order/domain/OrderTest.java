package dev.allsquare.order.domain;

import static dev.allsquare.order.domain.OrderStatus.CANCELLED;
import static dev.allsquare.order.domain.OrderStatus.CANCELLING;
import static dev.allsquare.order.domain.OrderStatus.CONFIRMED;
import static dev.allsquare.order.domain.OrderStatus.PENDING;
import static dev.allsquare.order.domain.OrderStatus.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.allsquare.contract.Money;
import dev.allsquare.message.Uuid7;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Order order = order(line("TEA-001", 2, "12.50", "EUR"));

  @Test
  void isPricedByItsLines() {
    var several = order(line("TEA-001", 2, "12.50", "EUR"), line("CUP-002", 1, "8.00", "EUR"));

    assertThat(several.total()).isEqualTo(new Money("33.00", "EUR"));
  }

  @Test
  void hasOneCurrency() {
    assertThatExceptionOfType(NotPriceable.class)
        .isThrownBy(
            () -> order(line("TEA-001", 1, "12.50", "EUR"), line("MAT-004", 1, "1200", "JPY")))
        .satisfies(e -> assertThat(e.rule()).isEqualTo(NotPriceable.Rule.ONE_CURRENCY));
  }

  @Test
  void isRefusedWhenALineOverflows() {
    assertThatExceptionOfType(NotPriceable.class)
        .isThrownBy(() -> order(line("TEA-001", 2, "92233720368547758.07", "EUR")))
        .satisfies(e -> assertThat(e.rule()).isEqualTo(NotPriceable.Rule.TOTAL_FITS));
  }

  @Test
  void isRefusedWhenTheSumOverflows() {
    assertThatExceptionOfType(NotPriceable.class)
        .isThrownBy(
            () ->
                order(
                    line("TEA-001", 1, "92233720368547758.07", "EUR"),
                    line("CUP-002", 1, "0.01", "EUR")))
        .satisfies(e -> assertThat(e.rule()).isEqualTo(NotPriceable.Rule.TOTAL_FITS));
  }

  @Test
  void isConfirmed() {
    assertThat(order.confirm(NOW)).isFalse();

    assertThat(history()).containsExactly("1 PENDING null", "2 CONFIRMED null");
  }

  @Test
  void isRejectedForAReason() {
    order.giveUp(Reason.OUT_OF_STOCK, NOW);

    assertThat(history()).containsExactly("1 PENDING null", "2 REJECTED OUT_OF_STOCK");
  }

  @Test
  void takenBackBeforeThePivotEndsCancelledWhateverTurnedTheSaga() {
    order.wishCancelled(NOW);
    order.giveUp(Reason.OUT_OF_STOCK, NOW);

    assertThat(history())
        .containsExactly(
            "1 PENDING null", "2 CANCELLING null", "3 CANCELLED CANCELLED_BY_CUSTOMER");
  }

  @Test
  void takenBackAfterThePivotIsConfirmedAndThenCancelled() {
    order.wishCancelled(NOW);
    assertThat(order.confirm(NOW)).isTrue();
    order.cancel(Uuid7.next(NOW), NOW);
    order.cancelled(NOW);

    assertThat(history())
        .containsExactly(
            "1 PENDING null",
            "2 CANCELLING null",
            "3 CONFIRMED null",
            "4 CANCELLING null",
            "5 CANCELLED CANCELLED_BY_CUSTOMER");
  }

  @Test
  void theCancellingSagaTakesCharge() {
    var saga = Uuid7.next(NOW);
    order.confirm(NOW);

    order.cancel(saga, NOW);

    assertThat(order.sagaId()).isEqualTo(saga);
  }

  @ParameterizedTest
  @EnumSource
  void everyTransitionThatIsNotDrawnThrows(OrderStatus from) {
    refuses(from, order -> order.confirm(NOW), PENDING, CANCELLING);
    refuses(from, order -> order.giveUp(Reason.TIMED_OUT, NOW), PENDING, CANCELLING);
    refuses(from, order -> order.wishCancelled(NOW), PENDING);
    refuses(from, order -> order.cancel(Uuid7.next(NOW), NOW), CONFIRMED);
    refuses(from, order -> order.cancelled(NOW), CANCELLING);
  }

  private static void refuses(OrderStatus from, Consumer<Order> step, OrderStatus... allowed) {
    if (!List.of(allowed).contains(from)) {
      var order = orderThatIs(from);
      assertThatIllegalStateException()
          .isThrownBy(() -> step.accept(order))
          .withMessageContaining(order.id() + " is " + from);
    }
  }

  private static Order orderThatIs(OrderStatus status) {
    var order = order(line("TEA-001", 1, "12.50", "EUR"));
    switch (status) {
      case PENDING -> {}
      case CONFIRMED -> order.confirm(NOW);
      case REJECTED -> order.giveUp(Reason.OUT_OF_STOCK, NOW);
      case CANCELLING -> order.wishCancelled(NOW);
      case CANCELLED -> order.giveUp(Reason.CANCELLED_BY_CUSTOMER, NOW);
    }
    assertThat(order.status()).isEqualTo(status);
    return order;
  }

  @Test
  void onlyConfirmedRejectedAndCancelledOrdersAreSettled() {
    assertThat(List.of(OrderStatus.values()))
        .filteredOn(OrderStatus::settled)
        .containsExactly(CONFIRMED, REJECTED, CANCELLED);
  }

  private List<String> history() {
    return order.takeChanges().stream()
        .map(it -> it.version() + " " + it.status() + " " + it.reason())
        .toList();
  }

  private static OrderLine line(String sku, int quantity, String amount, String currency) {
    return new OrderLine(sku, quantity, new Money(amount, currency));
  }

  private static Order order(OrderLine... lines) {
    return Order.place(Uuid7.next(NOW), Uuid7.next(NOW), "alice", List.of(lines), null, NOW);
  }
}
