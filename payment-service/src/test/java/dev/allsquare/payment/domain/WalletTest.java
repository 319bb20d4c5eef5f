package dev.allsquare.payment.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.contract.Money;
import dev.allsquare.message.Uuid7;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalletTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private final Ledger ledger = new Ledger(() -> Uuid7.next(NOW), NOW);

  @ParameterizedTest
  @CsvSource({"12.50, EUR", "1200, JPY", "0.500, KWD"})
  void aDepositIsAvailableInTheDigitsOfItsCurrency(String amount, String currency) {
    var wallet = wallet(currency);
    wallet.deposit(new Money(amount, currency), ledger);
    assertThat(wallet.available()).isEqualTo(new Money(amount, currency));
    assertThat(wallet.held().minor()).isZero();
  }

  @Test
  void everyMovementPostsABalancedPair() {
    var wallet = wallet("EUR");
    wallet.deposit(new Money("12.50", "EUR"), ledger);
    wallet.move(Movement.HOLD, 250, Uuid7.next(NOW), ledger);
    assertThat(ledger.entries()).hasSize(4);
    assertThat(ledger.entries().stream().mapToLong(entry -> entry.amount().minor()).sum()).isZero();
    assertThat(ledger.entries().stream().map(LedgerEntry::account))
        .containsExactly(Account.FUNDING, Account.AVAILABLE, Account.AVAILABLE, Account.HELD);
    assertThat(ledger.entries().getFirst().customerId()).isNull();
    assertThat(ledger.entries().getLast().customerId()).isEqualTo("alice");
  }

  @ParameterizedTest
  @CsvSource({"0.00", "-0.01"})
  void nothingAndLessIsNoDeposit(String amount) {
    var wallet = wallet("EUR");
    assertThatThrownBy(() -> wallet.deposit(new Money(amount, "EUR"), ledger))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ledger.entries()).isEmpty();
  }

  @Test
  void anotherCurrencyDoesNotComeIn() {
    var wallet = wallet("EUR");
    assertThatThrownBy(() -> wallet.deposit(new Money("1", "JPY"), ledger))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsHeldCountsWhenTheSumIsFull() {
    var wallet = wallet("JPY");
    wallet.deposit(Money.ofMinor(Long.MAX_VALUE, "JPY"), ledger);
    wallet.move(Movement.HOLD, Long.MAX_VALUE, null, ledger);
    assertThatThrownBy(() -> wallet.deposit(new Money("1", "JPY"), ledger))
        .isInstanceOf(WalletFull.class);
    assertThat(wallet.available().minor()).isZero();
    assertThat(ledger.entries()).hasSize(4);
  }

  @Test
  void nobodyMovesWhatIsNotThere() {
    var wallet = wallet("EUR");
    for (var movement : List.of(Movement.HOLD, Movement.CAPTURE, Movement.RELEASE)) {
      assertThatThrownBy(() -> wallet.move(movement, 1, null, ledger))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(ledger.entries()).isEmpty();
  }

  private static Wallet wallet(String currency) {
    return new Wallet(new WalletId("alice", currency), NOW);
  }
}
