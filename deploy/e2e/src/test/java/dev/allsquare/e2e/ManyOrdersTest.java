package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many orders through every replica of every service at once. */
@ExtendWith(WholeSystem.class)
class ManyOrdersTest {

  private static final int IN_FLIGHT = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  @Tag("anywhere")
  void twoThousandOrdersAreTheExactSetNothingTwiceAndInOrderPerKey(Scene scene) {
    exactSet(scene, 2_000);
  }

  @Test
  @Tag("long")
  void tenThousandOrdersAreTheExactSetNothingTwiceAndInOrderPerKey(Scene scene) {
    exactSet(scene, 10_000);
  }

  private static void exactSet(Scene scene, int orders) {
    assertThat(scene.system().replicas()).as("replicas of every service").isGreaterThan(1);
    var log = new EventLog(scene);
    var shop = new Shop(scene);

    var placed = Parallel.each(orders, IN_FLIGHT, i -> shop.sells(i));

    assertThat(placed).as("ids").extracting(Sale::orderId).doesNotHaveDuplicates();
    assertThat(placed)
        .allSatisfy(
            sale -> assertThat(sale.status()).as(sale.toString()).isEqualTo(sale.expected()));
    shop.hasExactly(placed);
    scene.books().balance();
    log.tellsExactly(placed);
  }

  /** One order, what it had to become and what it became. */
  record Sale(String orderId, String expected, String status) {}

  /** Ten products and twenty customers who can pay; a customer who cannot, an empty shelf. */
  private static final class Shop {

    private final Scene scene;
    private final List<Product> shelves;
    private final List<Customer> customers;
    private final Product soldOut;
    private final Customer poor;

    Shop(Scene scene) {
      this.scene = scene;
      this.shelves =
          IntStream.range(0, 10).mapToObj(i -> scene.product("1.00 EUR", 100_000)).toList();
      this.customers =
          IntStream.range(0, 20).mapToObj(i -> scene.customer("100000.00 EUR")).toList();
      this.soldOut = scene.product("1.00 EUR", 0);
      this.poor = scene.customer("0.01 EUR");
    }

    /** Every tenth order cannot be delivered, and every tenth cannot be paid. */
    Sale sells(int i) {
      return switch (i % 10) {
        case 3 -> sale(i, "REJECTED", customer(i).order(shelf(i).times(1), soldOut.times(1)));
        case 7 -> sale(i, "REJECTED", poor.order(shelf(i).times(1)));
        default ->
            sale(i, "CONFIRMED", customer(i).order(shelf(i).times(1), shelf(i + 1).times(2)));
      };
    }

    private Sale sale(int i, String expected, String order) {
      // On a crowded machine the first of them take longer than anyone may be asked to wait.
      var placed = Shopping.place(scene, i, order, "Prefer", "wait=30").ends(PATIENCE);
      return new Sale(placed.id(), expected, placed.status());
    }

    void hasExactly(List<Sale> sales) {
      long confirmed = sales.stream().filter(sale -> sale.status().equals("CONFIRMED")).count();
      long sold =
          shelves.stream()
              .mapToLong(
                  shelf ->
                      shelf.delivered()
                          - scene.api().product(shelf.sku()).json().path("onHand").asLong())
              .sum();
      assertThat(sold).as("pieces that left the shelves").isEqualTo(3 * confirmed);
      soldOut.holds(0, 0);
      poor.has("0.01 EUR");
    }

    private Product shelf(int i) {
      return shelves.get(i % shelves.size());
    }

    private Customer customer(int i) {
      return customers.get(i % customers.size());
    }
  }
}
