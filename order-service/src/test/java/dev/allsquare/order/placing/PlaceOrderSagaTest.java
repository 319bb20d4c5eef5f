package dev.allsquare.order.placing;

import static java.time.Duration.ofSeconds;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.saga.CrashSweep;
import dev.allsquare.saga.Dialogue;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PlaceOrderSagaTest {

  private static final PlacingData ORDER =
      new PlacingData(
          UUID.fromString("019b0000-0000-7000-8000-000000000001"),
          "ann",
          new Money("12.50", "EUR"),
          List.of(new Line("TEA-001", 1)));

  @TestFactory
  Stream<DynamicTest> whateverBreaksAtWhateverStepThePromisesAreKept() {
    return CrashSweep.of(PlaceOrderSaga.table(ofSeconds(60)), ORDER).tests();
  }

  @TestFactory
  Stream<DynamicTest> noLessInTheLastRelease() {
    return CrashSweep.of(PlaceOrderSaga.tableOfTheLastRelease(ofSeconds(60)), ORDER).tests();
  }

  @Test
  void piecesAndMoneyAreHeldAtOnceAndThePiecesLeaveWhenTheMoneyIsCaptured() {
    order()
        .expect("reserveStock", "authorizePayment")
        .done("authorizePayment", "reserveStock")
        .expect("capturePayment")
        .done("capturePayment")
        .expect("commitReservation")
        .done("commitReservation")
        .isCompleted();
  }

  @Test
  void whoCannotPayHoldsNoPieces() {
    order()
        .expect("reserveStock", "authorizePayment")
        .done("reserveStock")
        .refused("authorizePayment", "INSUFFICIENT_FUNDS")
        .expect("undo reserveStock")
        .done("undo reserveStock")
        .isCompensated("INSUFFICIENT_FUNDS");
  }

  @Test
  void whatCannotBeCapturedIsGivenBack() {
    order()
        .done("reserveStock", "authorizePayment")
        .refused("capturePayment", "PAYMENT_DECLINED")
        .expect(
            "reserveStock",
            "authorizePayment",
            "capturePayment",
            "undo reserveStock",
            "undo authorizePayment")
        .done("undo reserveStock", "undo authorizePayment")
        .isCompensated("PAYMENT_DECLINED");
  }

  @Test
  void aCaptureThatNobodyAnswersIsNeverUndone() {
    order()
        .done("reserveStock", "authorizePayment")
        .after(10)
        .after(60)
        .isParked("capturePayment was not answered in time")
        .done("capturePayment")
        .isRunning()
        .waitsFor("commitReservation");
  }

  private static Dialogue order() {
    return Dialogue.start(PlaceOrderSaga.table(ofSeconds(60)));
  }
}
