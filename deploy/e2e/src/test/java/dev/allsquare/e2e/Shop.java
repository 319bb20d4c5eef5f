package dev.allsquare.e2e;

/** The goods and the wallets of a campaign. */
final class Shop {

  private static final int PLENTY = 1_000_000;
  private static final int POOR = -1;

  private Shop() {}

  static void stock(Api api) {
    for (int product = 0; product < Wish.PRODUCTS; product++) {
      require(api.putProduct(Wish.sku(product), "a thing", Amount.of("1.25 EUR")));
      require(api.adjust(Wish.sku(product), PLENTY));
    }
    require(api.putProduct(Wish.SOLD_OUT, "a thing", Amount.of("1.25 EUR")));
    for (int customer = 0; customer < Wish.CUSTOMERS; customer++) {
      require(api.deposit(Wish.customer(customer), Amount.of("1000000.00 EUR")));
    }
    require(api.deposit(Wish.customer(POOR), Amount.of("0.01 EUR")));
  }

  private static void require(Answer answer) {
    if (!answer.isSuccess()) {
      throw new IllegalStateException("could not stock the shop: " + answer);
    }
  }
}
