package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The last release is replaced by this one, a replica at a time, while customers go on ordering: in
 * between, either code reads what the other wrote, in the databases and in the topics.
 */
@Tag("long")
@Tag(NeedsContainers.TAG)
class RollingUpgradeTest {

  private static final int SAGAS_SIDE_BY_SIDE = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void aThousandSagasRunWhileTheReleasesStandSideBySideAndAllEndWell() {
    var release = Images.ofThisBuild();
    try (var system = ContainerSystem.start(Images.ofTheLastRelease(), 1)) {
      var scene = new Scene(system, new Books(system));
      var before = scene.database(Service.ORDER).number(MIGRATIONS);
      var tea = scene.product("1.00 EUR", 1_000_000);
      try (var shopping = new Shopping(scene, tea)) {
        shopping.accepts(100);
        upgrade(system, 0, release);
        shopping.accepts(SAGAS_SIDE_BY_SIDE);
        upgrade(system, 1, release);
        shopping.accepts(100);
        endWell(scene, tea, shopping.stop());
      }
      System.out.printf(
          "Rolling upgrade: PlaceOrder in versions %s, %d migrations of orders, then %d%n",
          versions(scene), before, scene.database(Service.ORDER).number(MIGRATIONS));
    }
  }

  /** Who answers before who asks. */
  private static void upgrade(ContainerSystem system, int replica, Images release) {
    List.of(Service.INVENTORY, Service.PAYMENT, Service.ORDER)
        .forEach(service -> system.replace(service, replica, release));
  }

  private static void endWell(Scene scene, Product tea, List<PlacedOrder> orders) {
    assertThat(orders).hasSizeGreaterThan(SAGAS_SIDE_BY_SIDE).doesNotHaveDuplicates();
    orders.forEach(order -> order.ends(PATIENCE));
    scene.books().balance(PATIENCE);
    assertThat(scene.database(Service.ORDER).number(PARKED)).as("parked sagas").isZero();
    tea.hasSold((int) orders.stream().filter(o -> o.status().equals("CONFIRMED")).count());
  }

  private static List<String> versions(Scene scene) {
    return scene.database(Service.ORDER).rows(VERSIONS, row -> row.getString(1));
  }

  private static final String PARKED = "select count(*) from saga where state = 'PARKED'";

  private static final String VERSIONS =
      "select version || ' (' || count(*) || ' times)' from saga where type = 'PlaceOrder'"
          + " group by version order by version";

  private static final String MIGRATIONS =
      "select (select count(*) from flyway_schema_history)"
          + " + (select count(*) from allsquare_messaging_history)"
          + " + (select count(*) from allsquare_saga_history)";
}
