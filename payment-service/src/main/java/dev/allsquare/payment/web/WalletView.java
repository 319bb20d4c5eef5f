package dev.allsquare.payment.web;

import dev.allsquare.contract.Money;
import dev.allsquare.payment.domain.Wallet;
import java.util.List;

/** A customer's wallet, one balance per currency. */
record WalletView(String customerId, List<Balance> balances) {

  record Balance(Money available, Money held) {
    static Balance of(Wallet wallet) {
      return new Balance(wallet.available(), wallet.held());
    }
  }

  static WalletView of(String customerId, List<Wallet> wallets) {
    return new WalletView(customerId, wallets.stream().map(Balance::of).toList());
  }
}
