package dev.allsquare.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Stock stock = new Stock(new Sku("TEA-001"));

  @Test
  void anAdjustmentRemembersHowManyThereWereAfterIt() {
    adjust(10);
    var adjustment = adjust(-3);

    assertThat(adjustment.quantity()).isEqualTo(-3);
    assertThat(adjustment.onHand()).isEqualTo(7);
    assertThat(stock.onHand()).isEqualTo(7);
  }

  @Test
  void whatIsReservedStays() {
    adjust(10);
    stock.hold(4);

    assertThatExceptionOfType(StockRefusal.class)
        .isThrownBy(() -> adjust(-7))
        .withMessage("TEA-001 has 10 on hand, of which 4 are reserved.");
    assertThat(stock.onHand()).isEqualTo(10);

    adjust(-6);
    assertThat(stock.available()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000_000, Long.MAX_VALUE, Long.MAX_VALUE - 1})
  void aShelfHoldsABillionAtMost(long more) {
    adjust(1);
    assertThatExceptionOfType(StockRefusal.class).isThrownBy(() -> adjust(more));
    assertThat(stock.onHand()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, Long.MIN_VALUE, Long.MIN_VALUE + 1})
  void thereAreNeverLessThanNone(long fewer) {
    adjust(1);
    assertThatExceptionOfType(StockRefusal.class).isThrownBy(() -> adjust(fewer));
    assertThat(stock.onHand()).isEqualTo(1);
  }

  @Test
  void piecesThatComeBackAlwaysFit() {
    adjust(Stock.MOST);
    stock.bringBack(10_000);

    assertThat(stock.onHand()).isEqualTo(Stock.MOST + 10_000);
    assertThatExceptionOfType(StockRefusal.class).isThrownBy(() -> adjust(1));
    adjust(-1);
  }

  @Test
  void anAdjustmentOfNothingIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> adjust(0));
  }

  @Test
  void anUnreadableReasonChangesNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stock.adjust(UUID.randomUUID(), 1, "de\0livery", NOW));
    assertThat(stock.onHand()).isZero();
  }

  @Test
  void onlyWhatIsThereIsHeldAndOnlyWhatIsHeldGoes() {
    adjust(2);
    stock.hold(2);

    assertThat(stock.has(1)).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> stock.hold(1));
    assertThatIllegalStateException().isThrownBy(() -> stock.release(3));
    assertThatIllegalStateException().isThrownBy(() -> stock.takeAway(3));
    assertThat(stock.onHand()).isEqualTo(2);
    assertThat(stock.reserved()).isEqualTo(2);
  }

  private Adjustment adjust(long quantity) {
    return stock.adjust(UUID.randomUUID(), quantity, "delivery", NOW);
  }
}
