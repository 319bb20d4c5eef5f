package dev.allsquare.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservationTest {

  private static final UUID ORDER = UUID.randomUUID();
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  private final Stock tea = new Stock(new Sku("TEA"));
  private final Stock cup = new Stock(new Sku("CUP"));
  private final Map<String, Stock> stocks = Map.of("TEA", tea, "CUP", cup);

  @BeforeEach
  void delivery() {
    tea.adjust(UUID.randomUUID(), 10, "delivery", NOW);
    cup.adjust(UUID.randomUUID(), 2, "delivery", NOW);
  }

  @Test
  void everyLineIsHeld() {
    var reservation = hold(line("CUP", 2), line("TEA", 3)).orElseThrow();

    assertThat(reservation.state()).isEqualTo(ReservationState.HELD);
    assertStock(tea, 10, 3);
    assertStock(cup, 2, 2);
  }

  @Test
  void orNoneIsWhenOneShelfHasTooFew() {
    assertThat(hold(line("TEA", 3), line("CUP", 3))).isEmpty();
    assertStock(tea, 10, 0);
    assertStock(cup, 2, 0);
  }

  @Test
  void norWhenNobodySellsOneOfThem() {
    assertThat(hold(line("TEA", 3), line("POT", 1))).isEmpty();
    assertStock(tea, 10, 0);
  }

  @Test
  void committedPiecesLeaveTheShelf() {
    var reservation = hold(line("TEA", 3)).orElseThrow();

    assertThat(reservation.commit(stocks, LATER)).isTrue();
    assertStock(tea, 7, 0);
    assertThat(reservation.updatedAt()).isEqualTo(LATER);
    assertThat(reservation.createdAt()).isEqualTo(NOW);
  }

  @Test
  void releasedPiecesAreAnyonesAgain() {
    var reservation = hold(line("TEA", 3)).orElseThrow();

    assertThat(reservation.release(stocks, LATER)).isTrue();
    assertStock(tea, 10, 0);
  }

  @Test
  void restockedPiecesComeBack() {
    var reservation = hold(line("TEA", 3)).orElseThrow();
    reservation.commit(stocks, LATER);

    assertThat(reservation.restock(stocks, LATER)).isTrue();
    assertStock(tea, 10, 0);
  }

  @Test
  void aSecondTimeChangesNothing() {
    var reservation = hold(line("TEA", 3)).orElseThrow();
    reservation.commit(stocks, NOW);

    assertThat(reservation.commit(stocks, LATER)).isFalse();
    assertStock(tea, 7, 0);
    assertThat(reservation.updatedAt()).isEqualTo(NOW);
  }

  /** Every pair of states; what is missing here is the way or a repetition. */
  @ParameterizedTest
  @CsvSource({
    "HELD, RESTOCKED",
    "COMMITTED, RELEASED",
    "RELEASED, COMMITTED",
    "RELEASED, RESTOCKED",
    "RESTOCKED, COMMITTED",
    "RESTOCKED, RELEASED"
  })
  void noOtherWayIsOpen(ReservationState from, ReservationState to) {
    var reservation = hold(line("TEA", 3)).orElseThrow();
    lead(reservation, from);
    long onHand = tea.onHand();
    long reserved = tea.reserved();

    assertThatExceptionOfType(ReservationRefusal.class)
        .isThrownBy(() -> step(reservation, to))
        .satisfies(refusal -> assertThat(refusal.state()).isEqualTo(from));
    assertThat(reservation.state()).isEqualTo(from);
    assertStock(tea, onHand, reserved);
  }

  @Test
  void aLineHoldsAtLeastOnePiece() {
    assertThatIllegalArgumentException().isThrownBy(() -> line("TEA", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> line("TEA", -1));
  }

  private void lead(Reservation reservation, ReservationState to) {
    switch (to) {
      case HELD -> assertThat(reservation.state()).isEqualTo(ReservationState.HELD);
      case COMMITTED, RELEASED -> step(reservation, to);
      case RESTOCKED -> {
        step(reservation, ReservationState.COMMITTED);
        step(reservation, to);
      }
    }
  }

  private boolean step(Reservation reservation, ReservationState to) {
    return switch (to) {
      case HELD -> throw new AssertionError("no step leads there");
      case COMMITTED -> reservation.commit(stocks, LATER);
      case RELEASED -> reservation.release(stocks, LATER);
      case RESTOCKED -> reservation.restock(stocks, LATER);
    };
  }

  private Optional<Reservation> hold(ReservedLine... lines) {
    return Reservation.hold(ORDER, List.of(lines), stocks, NOW);
  }

  private static ReservedLine line(String sku, int quantity) {
    return new ReservedLine(sku, quantity);
  }

  private static void assertStock(Stock stock, long onHand, long reserved) {
    assertThat(stock.onHand()).isEqualTo(onHand);
    assertThat(stock.reserved()).isEqualTo(reserved);
  }
}
