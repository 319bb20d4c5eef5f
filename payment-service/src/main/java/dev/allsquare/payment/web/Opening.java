package dev.allsquare.payment.web;

import dev.allsquare.payment.domain.WalletId;
import dev.allsquare.payment.domain.Wallets;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens wallets that hold nothing yet. */
@Component
class Opening {

  /**
   * What became of the wish.
   *
   * @param opened whether there was no balance of this currency before
   */
  record Opened(boolean opened, WalletView wallet) {}

  private final Wallets wallets;
  private final Clock clock;

  Opening(Wallets wallets, Clock clock) {
    this.wallets = wallets;
    this.clock = clock;
  }

  /** A balance that is there already stays as it is. */
  @Transactional
  Opened open(WalletId id) {
    boolean opened = wallets.open(id, clock.instant());
    return new Opened(opened, WalletView.of(id.customerId(), wallets.of(id.customerId())));
  }
}
