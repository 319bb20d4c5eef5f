package dev.allsquare.e2e;

import java.util.List;
import java.util.Random;

/**
 * What a customer of a campaign wants: the n-th order of a seed, always the same.
 *
 * @param cancelAfterMillis how long until the customer thinks again, below 0: never
 */
record Wish(int number, Kind kind, int customer, List<Line> lines, int cancelAfterMillis) {

  enum Kind {
    PAYABLE,
    /** The same request with the same key, twice at once and again later. */
    REPEATED,
    CANCELLED,
    UNPAYABLE,
    OUT_OF_STOCK;

    /** Whether nothing but a fault of the system can keep it from being confirmed. */
    boolean mustBeConfirmed() {
      return this == PAYABLE || this == REPEATED;
    }
  }

  static final int CUSTOMERS = 20;
  static final int PRODUCTS = 10;
  static final String SOLD_OUT = "SOLD-OUT";

  private static final int POOR = -1;
  private static final int SECOND = 1_000;

  static Wish of(long seed, int number) {
    var random = new Random(seed * 1_000_003 + number);
    var kind = kind(random.nextInt(100));
    int first = random.nextInt(PRODUCTS);
    var one = new Line(sku(first), 1 + random.nextInt(3));
    var other =
        kind == Kind.OUT_OF_STOCK
            ? new Line(SOLD_OUT, 1)
            : new Line(sku((first + 1) % PRODUCTS), 1);
    return new Wish(
        number,
        kind,
        kind == Kind.UNPAYABLE ? POOR : random.nextInt(CUSTOMERS),
        List.of(one, other),
        kind == Kind.CANCELLED ? random.nextInt(SECOND) : -1);
  }

  private static Kind kind(int percent) {
    if (percent < 70) {
      return Kind.PAYABLE;
    }
    if (percent < 78) {
      return Kind.REPEATED;
    }
    if (percent < 86) {
      return Kind.CANCELLED;
    }
    return percent < 93 ? Kind.UNPAYABLE : Kind.OUT_OF_STOCK;
  }

  static String sku(int product) {
    return "SHELF-" + product;
  }

  static String customer(int customer) {
    return customer == POOR ? "poor" : "customer-" + customer;
  }

  String key(long seed) {
    return "campaign-" + seed + "-" + number;
  }

  String order() {
    return Line.order(customer(customer), lines);
  }
}
