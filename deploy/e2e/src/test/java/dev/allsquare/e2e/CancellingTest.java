package dev.allsquare.e2e;

import static dev.allsquare.e2e.Service.INVENTORY;
import static dev.allsquare.e2e.Service.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("anywhere")
@ExtendWith(WholeSystem.class)
class CancellingTest {

  @Test
  void beforeThePivotTheOrderIsUndone(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var alice = scene.customer("100.00 EUR");
    scene.faults().pause(PAYMENT);
    var order = alice.orders(tea.times(2)).awaits("authorizePayment");

    order.cancel();
    order.turnsRound("CANCELLED_BY_CUSTOMER");
    scene.faults().resume(PAYMENT);

    order
        .becomes("CANCELLED", "CANCELLED_BY_CUSTOMER")
        .paymentIs("VOIDED")
        .reservationIs("RELEASED");
    alice.has("100.00 EUR");
    tea.hasSold(0);
  }

  @Test
  void whileThePivotIsInFlightTheOrderIsConfirmedFirstAndCancelledThen(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var alice = scene.customer("100.00 EUR");
    var order = withTheCaptureInFlight(scene, alice, tea);

    order.cancel();
    order.becomes("CANCELLING");
    scene.faults().resume(PAYMENT);

    order
        .becomes("CANCELLED", "CANCELLED_BY_CUSTOMER")
        .paymentIs("REFUNDED")
        .reservationIs("RESTOCKED");
    alice.has("100.00 EUR");
    tea.hasSold(0);
  }

  @Test
  void afterThePivotTheMoneyAndThePiecesComeBack(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var alice = scene.customer("100.00 EUR");
    var order = alice.orders(tea.times(2)).becomes("CONFIRMED");

    order.cancel();

    order
        .becomes("CANCELLED", "CANCELLED_BY_CUSTOMER")
        .paymentIs("REFUNDED")
        .reservationIs("RESTOCKED");
    alice.has("100.00 EUR");
    tea.hasSold(0);
  }

  @Test
  void aRepeatedCancellationIsAcceptedAndChangesNothing(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var alice = scene.customer("100.00 EUR");
    var order = alice.orders(tea.times(1)).becomes("CONFIRMED");

    order.cancel();
    order.cancel();
    order.becomes("CANCELLED", "CANCELLED_BY_CUSTOMER");
    order.cancel();

    order.paymentIs("REFUNDED");
    alice.has("100.00 EUR");
  }

  @Test
  void aRejectedOrderCannotBeCancelled(Scene scene) {
    var order =
        scene
            .customer("1.00 EUR")
            .orders(scene.product("12.50 EUR", 10).times(1))
            .becomes("REJECTED", "INSUFFICIENT_FUNDS");

    var answer = scene.api().cancel(order.id());

    assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
  }

  /** The reservation is held up until payment-service, its authorization given, does nothing. */
  private static PlacedOrder withTheCaptureInFlight(Scene scene, Customer customer, Product tea) {
    scene.faults().pause(INVENTORY);
    var order = customer.orders(tea.times(2)).awaits("reserveStock");
    scene.faults().pause(PAYMENT);
    scene.faults().resume(INVENTORY);
    return order.awaits("capturePayment");
  }
}
