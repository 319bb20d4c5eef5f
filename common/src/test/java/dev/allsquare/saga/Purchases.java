package dev.allsquare.saga;

import static dev.allsquare.saga.Step.step;

import java.time.Duration;

/** The sagas the tests play with: a purchase as order-service would have it. */
final class Purchases {

  static final String REPLIES = "purchase.replies";

  record Purchase(String item) {}

  private Purchases() {}

  static Saga<Purchase> purchase(int version, Duration timeout) {
    return Saga.named("Purchase")
        .version(version)
        .over(Purchase.class, REPLIES)
        .inParallel(
            command("reserve")
                .compensatedBy("reserve.commands", "reserve.undo.v1", p -> p)
                .timeout(timeout),
            command("authorize")
                .compensatedBy("authorize.commands", "authorize.undo.v1", p -> p)
                .timeout(timeout))
        .pivot(command("capture").timeout(timeout))
        .retriable(command("ship").timeout(timeout))
        .build();
  }

  static Step<Purchase> command(String name) {
    return step(name, name + ".commands", name + ".v1", purchase -> purchase);
  }
}
