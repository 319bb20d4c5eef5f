package dev.allsquare.saga;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.saga.Purchases.Purchase;
import dev.allsquare.testing.Guard;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CrashSweepTest {

  private static final CrashSweep SWEEP =
      CrashSweep.of(Purchases.purchase(1, ofSeconds(60)), new Purchase("tea"));

  @TestFactory
  Stream<DynamicTest> whateverBreaksThePromisesAreKept() {
    return SWEEP.tests();
  }

  /**
   * The others take two processes at once, three groups or a log that is away: see the simulation.
   */
  @ParameterizedTest
  @EnumSource(
      value = Guard.class,
      mode = Mode.EXCLUDE,
      names = {
        "LOST_RACE",
        "SAGA_LOCK",
        "AWAITED_COMMAND",
        "REVERSE_ORDER",
        "TIME_IN_OUTBOX",
        "ONE_PER_KEY",
        "FAILED_SEND",
        "LEASE_EXPIRY"
      })
  void withoutAGuardAPromiseIsBroken(Guard guard) throws InterruptedException {
    var broken = SWEEP.without(guard);
    System.out.println("Without " + guard + ": " + broken);
    assertThat(broken).as("without " + guard).isNotEmpty();
  }
}
