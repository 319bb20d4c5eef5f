package dev.allsquare.e2e;

import static dev.allsquare.e2e.Service.INVENTORY;
import static dev.allsquare.e2e.Service.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("anywhere")
@ExtendWith(WholeSystem.class)
class StoppedServiceTest {

  @Test
  void anOrderThatNobodyAuthorizesTimesOutAndIsUndone(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var alice = scene.customer("100.00 EUR");
    scene.faults().stop(PAYMENT);

    var order = alice.orders(tea.times(2)).turnsRound("TIMED_OUT");
    scene.faults().start(PAYMENT);

    order.becomes("REJECTED", "TIMED_OUT").paymentIs("VOIDED").reservationIs("RELEASED");
    alice.has("100.00 EUR");
    tea.hasSold(0);
  }

  @Test
  void onceTheCaptureIsWrittenAStoppedPaymentServiceOnlyDelaysTheOrder(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var alice = scene.customer("100.00 EUR");
    var order = withTheCaptureInFlight(scene, alice, tea);

    staysPendingLongerThanAStepMayTake(order);
    scene.faults().start(PAYMENT);

    order.becomes("CONFIRMED").paymentIs("CAPTURED").reservationIs("COMMITTED");
    alice.has("75.00 EUR");
    tea.hasSold(2);
  }

  @Test
  void aSagaThatIsParkedPastItsPivotGoesOnWhenTheOperatorRetries(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var alice = scene.customer("100.00 EUR");
    var order = withTheCaptureInFlight(scene, alice, tea).parks("capturePayment");
    var parked = scene.sagas().of(order.id()).getFirst();

    assertThat(scene.sagas().repair(parked, "skip").status()).isEqualTo(409);
    assertThat(scene.sagas().repair(parked, "compensate").status()).isEqualTo(409);
    var retried = scene.sagas().repair(parked, "retry");
    assertThat(retried.status()).as(retried.toString()).isEqualTo(204);
    assertThat(scene.sagas().repair(parked, "retry").status()).as("stale").isEqualTo(409);
    scene.faults().start(PAYMENT);

    order.becomes("CONFIRMED").paymentIs("CAPTURED").reservationIs("COMMITTED");
    alice.has("75.00 EUR");
    tea.hasSold(2);
    assertThat(scene.sagas().timelines(order.id())).contains("RETRY by ann", "saga.retry");
  }

  @Test
  void withoutInventoryServiceAnUnknownProductIsAskedForLater(Scene scene) {
    var alice = scene.customer("100.00 EUR");
    var rows = new RowCounts(scene);
    scene.faults().kill(INVENTORY);

    var answer = alice.asksFor(new Line(scene.unknownSku(), 1));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.header("Retry-After")).as("Retry-After of %s", answer).isNotEmpty();
    rows.areWhatTheyWere();
  }

  @Test
  void withoutInventoryServiceKnownProductsAreStillOrdered(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var alice = scene.customer("100.00 EUR");
    alice.orders(tea.times(1)).becomes("CONFIRMED");
    scene.faults().pause(INVENTORY);

    var order = alice.orders(tea.times(1)).awaits("reserveStock");
    scene.faults().resume(INVENTORY);

    order.becomes("CONFIRMED");
    tea.hasSold(2);
  }

  /**
   * The reservation is held up until payment-service, its authorization given, is down. It is
   * killed: on a busy machine a graceful stop may take longer than the reservation may.
   */
  private static PlacedOrder withTheCaptureInFlight(Scene scene, Customer customer, Product tea) {
    scene.faults().pause(INVENTORY);
    var order = customer.orders(tea.times(2)).awaits("reserveStock");
    scene.faults().kill(PAYMENT);
    scene.faults().resume(INVENTORY);
    return order.awaits("capturePayment");
  }

  private static void staysPendingLongerThanAStepMayTake(PlacedOrder order) {
    var until = Instant.now().plus(RunningSystem.STEP_TIMEOUT).plus(Duration.ofSeconds(2));
    Eventually.holds(
        Eventually.SOON,
        order::report,
        () -> {
          assertThat(order.status()).isEqualTo("PENDING");
          assertThat(Instant.now()).isAfter(until);
        });
  }
}
