package dev.allsquare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The system runs as the manifests have it, and takes orders. */
@Tag(NeedsContainers.TAG)
@ExtendWith(RunningCluster.class)
class UnderConstraintsTest {

  /** Prometheus says this one itself, and puts these labels on everything that it scrapes. */
  private static final String UP = "up";

  private static final Set<String> FROM_PROMETHEUS = Set.of("job", "instance");

  @Test
  void anOrderIsConfirmed(Cluster cluster) {
    var shop = new Shop(cluster);
    shop.confirmed(shop.customer(30), shop.product(3));
  }

  @ParameterizedTest
  @CsvSource({"100, 1, OUT_OF_STOCK", "5, 10, INSUFFICIENT_FUNDS"})
  void anOrderIsRejected(int euros, int pieces, String reason, Cluster cluster) {
    var shop = new Shop(cluster);
    var order = shop.order(shop.customer(euros), shop.product(pieces), 2);
    assertThat(order.path("status").asText()).isEqualTo("REJECTED");
    assertThat(order.path("reason").asText()).isEqualTo(reason);
  }

  @Test
  void anOrderIsCancelled(Cluster cluster) {
    var shop = new Shop(cluster);
    var order = shop.confirmed(shop.customer(30), shop.product(3));
    shop.cancel(order);
    var behind = new UUID(order.getMostSignificantBits() - 1, 0);
    assertThat(
            shop.manage("order-service", "consistency/participants?after=" + behind)
                .path("violations"))
        .isEmpty();
    assertThat(Project.SERVICES)
        .allMatch(it -> shop.manage(it, "consistency").path("consistent").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(strings = {"order-service", "payment-service", "inventory-service"})
  void aServiceMayDoNothingButItsWork(String service, Cluster cluster) throws Exception {
    var pod = cluster.pod(service);
    assertThat(pod.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
    assertThat(pod.execInContainer("touch", "/app/x").getStderr()).contains("Read-only");
    assertThat(pod.execInContainer("touch", "/tmp/x").getExitCode()).isZero();
    assertThat(pod.execInContainer("cat", "/proc/1/status").getStdout())
        .containsPattern("CapEff:\\s+0+\n")
        .containsPattern("NoNewPrivs:\\s+1\n")
        .containsPattern("Seccomp:\\s+2\n");
    assertThat(limit(pod, "/sys/fs/cgroup/memory.max", "memory/memory.limit_in_bytes"))
        .isEqualTo(Long.toString(768L << 20));
  }

  /**
   * The image takes 45 % for it, of which one survivor space is not counted. Besides what the JVM
   * counts, there are its threads' stacks and its own structures.
   */
  @ParameterizedTest
  @ValueSource(strings = {"order-service", "payment-service", "inventory-service"})
  void theHeapLeavesRoomForTheRest(String service, Cluster cluster) {
    var shop = new Shop(cluster);
    shop.confirmed(shop.customer(30), shop.product(3));
    String scrape = shop.scrape(service);
    long heap = Scrape.sum(scrape, "jvm_memory_max_bytes", "area=\"heap\"");
    long rest =
        Scrape.sum(scrape, "jvm_memory_used_bytes", "area=\"nonheap\"")
            + Scrape.sum(scrape, "jvm_buffer_memory_used_bytes", "");
    System.out.printf("%s: heap %d MiB, rest %d MiB%n", service, heap >> 20, rest >> 20);
    assertThat(heap).isBetween(325L << 20, 346L << 20);
    assertThat(heap + rest + (100L << 20)).isLessThan(768L << 20);
  }

  /** Control groups have two versions. */
  private static String limit(PodContainer pod, String second, String first)
      throws IOException, InterruptedException {
    return pod.execInContainer(
            "sh", "-c", "cat %s 2>/dev/null || cat /sys/fs/cgroup/%s".formatted(second, first))
        .getStdout()
        .strip();
  }

  @ParameterizedTest
  @CsvSource({"order-service, orders", "payment-service, payment", "inventory-service, stock"})
  void theServiceDoesNotOwnItsSchema(String service, String table, Cluster cluster)
      throws SQLException {
    String database = Objects.requireNonNull(Project.DATABASES.get(service));
    try (var session = DriverManager.getConnection(cluster.jdbcUrl(service, database));
        var statement = session.createStatement()) {
      assertThat(statement.executeQuery("select * from " + table + " limit 1")).isNotNull();
      assertThatThrownBy(() -> statement.execute("alter table " + table + " add x int"))
          .hasMessageContaining("must be owner");
      assertThatThrownBy(() -> statement.execute("delete from flyway_schema_history"))
          .hasMessageContaining("permission denied");
      try (var users =
          statement.executeQuery(
              "select string_agg(distinct usename, ' ') from pg_stat_activity where datname = '"
                  + database
                  + "'")) {
        users.next();
        assertThat(users.getString(1)).isEqualTo(database);
      }
    }
  }

  @Test
  void everythingThatAnAlertOrAPanelLooksAtIsScraped(Cluster cluster) {
    var shop = new Shop(cluster);
    shop.cancel(shop.confirmed(shop.customer(20), shop.product(2)));
    var wanted = new TreeSet<String>();
    Signals.expressions()
        .forEach(
            expression ->
                expression.series().stream()
                    .filter(it -> !it.metric().equals(UP))
                    .forEach(it -> wanted.addAll(needed(it, expression.groupings()))));
    assertThat(wanted).hasSizeGreaterThan(30);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(Scrape.of(shop)).containsAll(wanted));
  }

  /** What an expression groups by has to be a label of everything in it. */
  private static Set<String> needed(PromQl.Series series, Set<String> groupings) {
    var labels = new TreeSet<>(series.labels());
    labels.addAll(groupings);
    labels.removeAll(FROM_PROMETHEUS);
    return Scrape.needed(new PromQl.Series(series.metric(), labels));
  }
}
