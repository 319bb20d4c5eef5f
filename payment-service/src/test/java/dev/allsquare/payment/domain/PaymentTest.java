package dev.allsquare.payment.domain;

import static dev.allsquare.payment.domain.PaymentState.AUTHORIZED;
import static dev.allsquare.payment.domain.PaymentState.CAPTURED;
import static dev.allsquare.payment.domain.PaymentState.DECLINED;
import static dev.allsquare.payment.domain.PaymentState.REFUNDED;
import static dev.allsquare.payment.domain.PaymentState.VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.contract.Money;
import dev.allsquare.message.Uuid7;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Money PRICE = new Money("4.00", "EUR");

  private final Ledger ledger = new Ledger(() -> Uuid7.next(NOW), NOW);
  private final Wallet wallet = new Wallet(new WalletId("alice", "EUR"), NOW);

  private interface Transition {
    boolean apply(Payment payment);
  }

  @BeforeEach
  void tenEuros() {
    wallet.deposit(new Money("10.00", "EUR"), ledger);
  }

  @Test
  void isAuthorizedByHolding() {
    assertThat(authorize(PRICE, wallet).state()).isEqualTo(AUTHORIZED);
    assertThat(balance()).isEqualTo("6.00+4.00");
  }

  @Test
  void theLastCentMayBeSpentAndNoMore() {
    assertThat(authorize(new Money("10.00", "EUR"), wallet).state()).isEqualTo(AUTHORIZED);
    assertThat(authorize(new Money("0.01", "EUR"), wallet).state()).isEqualTo(DECLINED);
    assertThat(balance()).isEqualTo("0.00+10.00");
  }

  @Test
  void isDeclinedWithoutAWallet() {
    var payment = authorize(PRICE, null);
    assertThat(payment.state()).isEqualTo(DECLINED);
    assertThat(payment.changes()).isEqualTo(1);
  }

  @Test
  void aDeclinedOneMayBeTriedAgainWhenThereIsMore() {
    var payment = authorize(new Money("12.00", "EUR"), wallet);
    assertThat(payment.authorizeAgain(wallet, ledger)).isFalse();
    assertThat(payment.changes()).isEqualTo(1);
    wallet.deposit(new Money("2.00", "EUR"), ledger);
    assertThat(payment.authorizeAgain(wallet, ledger)).isTrue();
    assertThat(payment.state()).isEqualTo(AUTHORIZED);
    assertThat(payment.changes()).isEqualTo(2);
    assertThatThrownBy(() -> payment.authorizeAgain(wallet, ledger))
        .isInstanceOf(PaymentRefusal.class);
  }

  @Test
  void nobodyPaysLessThanNothing() {
    assertThatThrownBy(() -> authorize(new Money("-0.01", "EUR"), wallet))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void movesThroughItsStatesAndTheMoneyWithIt() {
    var payment = authorize(PRICE, wallet);
    assertThat(payment.capture(wallet, ledger)).isTrue();
    assertThat(balance()).isEqualTo("6.00+0.00");
    assertThat(payment.refund(wallet, ledger)).isTrue();
    assertThat(balance()).isEqualTo("10.00+0.00");
    assertThat(payment.changes()).isEqualTo(3);

    var voided = authorize(PRICE, wallet);
    assertThat(voided.release(wallet, ledger)).isTrue();
    assertThat(balance()).isEqualTo("10.00+0.00");
  }

  @Test
  void theSecondTimeChangesNothing() {
    var payment = authorize(PRICE, wallet);
    payment.capture(wallet, ledger);
    int posted = ledger.entries().size();
    assertThat(payment.capture(wallet, ledger)).isFalse();
    assertThat(ledger.entries()).hasSize(posted);
    assertThat(payment.changes()).isEqualTo(2);
  }

  @Test
  void noOtherWayLeadsAnywhere() {
    refuses(payment(CAPTURED), CAPTURED, p -> p.release(wallet, ledger));
    refuses(payment(VOIDED), VOIDED, p -> p.capture(wallet, ledger));
    refuses(payment(VOIDED), VOIDED, p -> p.refund(wallet, ledger));
    refuses(payment(AUTHORIZED), AUTHORIZED, p -> p.refund(wallet, ledger));
    refuses(payment(REFUNDED), REFUNDED, p -> p.capture(wallet, ledger));
    refuses(payment(REFUNDED), REFUNDED, p -> p.release(wallet, ledger));
    for (Transition any :
        List.<Transition>of(
            p -> p.capture(wallet, ledger),
            p -> p.release(wallet, ledger),
            p -> p.refund(wallet, ledger))) {
      refuses(authorize(new Money("99.00", "EUR"), wallet), DECLINED, any);
    }
  }

  private void refuses(Payment payment, PaymentState state, Transition transition) {
    int posted = ledger.entries().size();
    assertThatThrownBy(() -> transition.apply(payment))
        .isInstanceOfSatisfying(
            PaymentRefusal.class, refusal -> assertThat(refusal.state()).isEqualTo(state));
    assertThat(payment.state()).isEqualTo(state);
    assertThat(ledger.entries()).hasSize(posted);
  }

  private Payment payment(PaymentState state) {
    var payment = authorize(new Money("0.10", "EUR"), wallet);
    switch (state) {
      case AUTHORIZED -> {}
      case CAPTURED -> payment.capture(wallet, ledger);
      case VOIDED -> payment.release(wallet, ledger);
      case REFUNDED -> {
        payment.capture(wallet, ledger);
        payment.refund(wallet, ledger);
      }
      case DECLINED -> throw new IllegalArgumentException("has its own test");
    }
    return payment;
  }

  private Payment authorize(Money amount, @Nullable Wallet from) {
    return Payment.authorize(Uuid7.next(NOW), UUID.randomUUID(), "alice", amount, from, ledger);
  }

  private String balance() {
    return wallet.available().amount() + "+" + wallet.held().amount();
  }
}
