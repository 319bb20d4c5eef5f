package dev.allsquare.saga;

import static dev.allsquare.saga.Purchases.command;

import dev.allsquare.saga.Purchases.Purchase;
import dev.allsquare.saga.Sagas.Start;
import java.time.Duration;
import java.util.UUID;

/** A saga of one patient step that is asked for again after a while. */
final class Sweepable {

  static final String NAME = "Sweepable";

  private Sweepable() {}

  static Saga<Purchase> saga(Duration resend) {
    return Saga.named(NAME)
        .version(1)
        .over(Purchase.class, Purchases.REPLIES)
        .retriable(command("ship").resendEvery(resend).timeout(Duration.ofDays(1)))
        .build();
  }

  static Start<Purchase> start(UUID id) {
    return new Start<>(id, "order-" + id, new Purchase("tea"));
  }
}
