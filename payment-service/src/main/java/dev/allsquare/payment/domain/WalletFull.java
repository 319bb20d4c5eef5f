package dev.allsquare.payment.domain;

/** More money than a wallet can count. */
public final class WalletFull extends RuntimeException {

  WalletFull(WalletId wallet, ArithmeticException cause) {
    super("The wallet of " + wallet.customerId() + " can't hold that much.", cause);
  }
}
