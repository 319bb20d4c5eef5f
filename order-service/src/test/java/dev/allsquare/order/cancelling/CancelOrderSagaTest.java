package dev.allsquare.order.cancelling;

import static java.time.Duration.ofSeconds;

import dev.allsquare.saga.CrashSweep;
import dev.allsquare.saga.Dialogue;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CancelOrderSagaTest {

  @TestFactory
  Stream<DynamicTest> whateverBreaksAtWhateverStepThePromisesAreKept() {
    var order = new CancellingData(UUID.fromString("019b0000-0000-7000-8000-000000000001"));
    return CrashSweep.of(CancelOrderSaga.table(ofSeconds(60)), order).tests();
  }

  @Test
  void theMoneyComesFirstAndThereIsNoWayBack() {
    Dialogue.start(CancelOrderSaga.table(ofSeconds(60)))
        .expect("refundPayment")
        .turnRound("ANOTHER_MIND")
        .expectNothing()
        .done("refundPayment")
        .expect("restock")
        .refused("restock", "NO_SHELF")
        .isParked("restock was refused: NO_SHELF")
        .retry()
        .expect("restock #2")
        .done("restock #2")
        .isCompleted();
  }
}
