package dev.allsquare.payment.web;

import dev.allsquare.contract.Money;
import dev.allsquare.message.Uuid7;
import dev.allsquare.payment.domain.Ledgers;
import dev.allsquare.payment.domain.WalletId;
import dev.allsquare.payment.domain.Wallets;
import dev.allsquare.web.IdempotencyKey;
import dev.allsquare.web.IdempotencyKeys;
import dev.allsquare.web.IdempotencyKeys.Claim;
import dev.allsquare.web.IdempotencyKeys.Use;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Deposits money, once per idempotency key. */
@Component
class Depositing {

  private final Wallets wallets;
  private final Ledgers ledgers;
  private final IdempotencyKeys keys;
  private final Clock clock;

  Depositing(Wallets wallets, Ledgers ledgers, IdempotencyKeys keys, Clock clock) {
    this.wallets = wallets;
    this.ledgers = ledgers;
    this.keys = keys;
    this.clock = clock;
  }

  /** The wallet as it is after the deposit, or by now if the deposit was made before. */
  @Transactional
  WalletView deposit(String customer, Money amount, IdempotencyKey key) {
    var use = new Use(key, Uuid7.next(clock.instant()).toString());
    switch (keys.claim(List.of(use)).getFirst()) {
      case Claim.Fresh _ -> deposit(customer, amount);
      case Claim.Repeat _ -> {}
      case Claim.Mismatch mismatch -> throw mismatch.problem();
    }
    return WalletView.of(customer, wallets.of(customer));
  }

  private void deposit(String customer, Money amount) {
    var id = new WalletId(customer, amount.currency());
    var wallet = wallets.lockedOrOpened(id, clock.instant());
    var ledger = ledgers.open();
    wallet.deposit(amount, ledger);
    wallets.write(List.of(wallet));
    ledgers.write(ledger);
  }
}
