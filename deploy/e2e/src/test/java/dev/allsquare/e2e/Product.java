package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/** A product of one scenario, with what was put on its shelf. */
record Product(Scene scene, String sku, Amount price, int delivered) {

  Line times(int quantity) {
    return new Line(sku, quantity);
  }

  /** So many pieces left the shelf for good, and none is held for anyone. */
  void hasSold(int pieces) {
    holds(delivered - pieces, 0);
  }

  void holds(int onHand, int reserved) {
    Eventually.holds(
        Eventually.SOON,
        () -> scene.books().report(),
        () -> {
          var stock = scene.api().product(sku).json();
          assertThat(stock.path("onHand").asInt(-1)).as("on hand of %s", sku).isEqualTo(onHand);
          assertThat(stock.path("reserved").asInt(-1))
              .as("reserved of %s", sku)
              .isEqualTo(reserved);
          assertThat(stock.path("available").asInt(-1))
              .as("available of %s", sku)
              .isEqualTo(onHand - reserved);
        });
  }
}
