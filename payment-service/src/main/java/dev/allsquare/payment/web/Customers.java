package dev.allsquare.payment.web;

import dev.allsquare.web.Problem;
import org.springframework.http.HttpStatus;

/** What a customer id looks like, and the answer when nobody has it. */
final class Customers {

  /** Letters, digits and a few signs: it stands in paths, logs and Kafka headers. */
  static final String ID = "[A-Za-z0-9][A-Za-z0-9._@:+-]{0,99}";

  static final String RULE =
      "must be 1 to 100 letters, digits and . _ @ : + -, beginning with a letter or digit";

  private Customers() {}

  static Problem withoutWallet(String customer) {
    return new Problem(
        HttpStatus.NOT_FOUND,
        "wallet-unknown",
        "Customer " + customer + " has no wallet; the first deposit opens it.");
  }
}
