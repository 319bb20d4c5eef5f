package dev.allsquare.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The last release is replaced by this one, a replica at a time, while customers go on ordering: in
 * between, either code reads what the other wrote, in the databases and in the topics. What differs
 * is asserted, too: without it nothing would have been upgraded.
 */
@Tag("long")
@Tag(NeedsContainers.TAG)
@Order(1) // alone on the machine: the others' system is started by the first of them
class RollingUpgradeTest {

  private static final int SAGAS_SIDE_BY_SIDE = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void aThousandSagasRunWhileTheReleasesStandSideBySideAndAllEndWell() {
    var release = Images.ofThisBuild();
    var began = Instant.now();
    try (var system = ContainerSystem.start(Images.ofTheLastRelease(), 1)) {
      var scene = new Scene(system, new Books(system));
      var before = migrations(scene);
      var tea = scene.product("1.00 EUR", 1_000_000);
      try (var shopping = new Shopping(scene, tea)) {
        shopping.accepts(100);
        upgrade(system, 0, release);
        shopping.accepts(SAGAS_SIDE_BY_SIDE);
        upgrade(system, 1, release);
        startsSagasOfTheNewVersion(scene);
        endWell(scene, tea, shopping.stop());
      }
      var differs = new Differences(before, migrations(scene), versions(scene), traced(system));
      System.out.printf(
          "Rolling upgrade: %s; %d s%n",
          differs, Duration.between(began, Instant.now()).toSeconds());
      differs.inAllOfThem();
    }
  }

  /** Who answers before who asks. */
  private static void upgrade(ContainerSystem system, int replica, Images release) {
    List.of(Service.INVENTORY, Service.PAYMENT, Service.ORDER)
        .forEach(service -> system.replace(service, replica, release));
  }

  /** As soon as the replicas have noticed that no old one is left. */
  private static void startsSagasOfTheNewVersion(Scene scene) {
    Awaitility.await("sagas of another version")
        .atMost(PATIENCE)
        .until(() -> versions(scene).size() > 1);
  }

  private static void endWell(Scene scene, Product tea, List<PlacedOrder> orders) {
    assertThat(orders).hasSizeGreaterThan(SAGAS_SIDE_BY_SIDE).doesNotHaveDuplicates();
    orders.forEach(order -> order.ends(PATIENCE));
    scene.books().balance(PATIENCE);
    assertThat(scene.database(Service.ORDER).number(PARKED)).as("parked sagas").isZero();
    long confirmed = orders.stream().filter(o -> o.status().equals("CONFIRMED")).count();
    assertThat(confirmed).as("of %d orders", orders.size()).isGreaterThan(SAGAS_SIDE_BY_SIDE);
    tea.hasSold((int) confirmed);
  }

  private static Map<Service, Long> migrations(Scene scene) {
    return Arrays.stream(Service.values())
        .collect(
            toMap(
                service -> service,
                service -> scene.database(service).number(MIGRATIONS),
                (a, b) -> a,
                TreeMap::new));
  }

  private static Map<Integer, Long> versions(Scene scene) {
    return scene
        .database(Service.ORDER)
        .rows(VERSIONS, row -> Map.entry(row.getInt(1), row.getLong(2)))
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }

  /** How many commands tell of the trace they belong to, and how many do not. */
  private static Map<Boolean, Long> traced(ContainerSystem system) {
    return new Topics(system.bootstrapServers())
        .since("payment.commands", Map.of()).stream()
            .collect(
                partitioningBy(each -> !Topics.header(each, "traceparent").isEmpty(), counting()));
  }

  /** What is not the same in both releases. */
  private record Differences(
      Map<Service, Long> migrationsBefore,
      Map<Service, Long> migrationsAfter,
      Map<Integer, Long> sagasByVersion,
      Map<Boolean, Long> commandsByTraced) {

    void inAllOfThem() {
      assertThat(migrationsAfter).as("migrations").isNotEqualTo(migrationsBefore);
      assertThat(sagasByVersion).as("versions of PlaceOrder").hasSizeGreaterThan(1);
      assertThat(commandsByTraced.values()).as("commands %s", commandsByTraced).doesNotContain(0L);
    }
  }

  private static final String PARKED = "select count(*) from saga where state = 'PARKED'";

  private static final String VERSIONS =
      "select version, count(*) from saga where type = 'PlaceOrder' group by version";

  private static final String MIGRATIONS =
      "select count(*) from flyway_schema_history where success";
}
