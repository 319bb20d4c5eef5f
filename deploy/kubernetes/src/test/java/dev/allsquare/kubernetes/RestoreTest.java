package dev.allsquare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rehearses what the README says about restoring one database: afterwards each database agrees with
 * itself, and every order that the others remember differently is named.
 */
@Tag(NeedsContainers.TAG)
@ExtendWith(RunningCluster.class)
class RestoreTest {

  @ParameterizedTest
  @ValueSource(strings = {"payment-service", "inventory-service", "order-service"})
  void everyOrderThatARestoredDatabaseForgotIsNamed(String service, Cluster cluster) {
    var shop = new Shop(cluster);
    String sku = shop.product(50);
    String customer = shop.customer(100);
    var first = shop.confirmed(customer, sku);
    var untouched = shop.confirmed(customer, sku);
    var cancelledLater = shop.confirmed(customer, sku);
    var restoration = Restoration.withBackupOf(cluster, service);
    var afterTheBackup = shop.confirmed(customer, sku);
    String moment = restoration.now();
    var placedLater = shop.confirmed(customer, sku);
    shop.cancel(cancelledLater);
    assertThat(named(shop, first)).isEmpty();

    restoration.to(moment);

    assertThat(named(shop, first).keySet())
        .isEqualTo(Set.of(placedLater, cancelledLater))
        .doesNotContain(untouched, afterTheBackup);
    assertThat(named(shop, first).get(placedLater)).isEqualTo(expected(service));
    assertThat(Project.SERVICES)
        .as("alone, each database agrees with itself")
        .allMatch(it -> shop.manage(it, "consistency").path("consistent").asBoolean());
    shop.confirmed(shop.customer(10), sku);
    if (service.equals("order-service")) {
      shop.cancel(cancelledLater);
      assertThat(named(shop, first)).as("cancelled again").containsOnlyKeys(placedLater);
    }
  }

  private static String expected(String restored) {
    return switch (restored) {
      case "payment-service" -> "CONFIRMED payment: none, reservation: COMMITTED";
      case "inventory-service" -> "CONFIRMED payment: CAPTURED of 10.00 EUR, reservation: none";
      default ->
          "null it is not known here; payment: CAPTURED of 10.00 EUR, reservation: COMMITTED";
    };
  }

  /** The orders behind this one that disagree. */
  private static Map<UUID, String> named(Shop shop, UUID after) {
    var report = shop.manage("order-service", "consistency/participants?after=" + after);
    assertThat(report.path("next").isMissingNode() || report.path("next").isNull()).isTrue();
    return Rendered.each(report.path("violations"))
        .collect(
            Collectors.toMap(
                it -> UUID.fromString(it.path("orderId").asText()),
                it -> it.path("status").asText("null") + " " + it.path("what").asText()));
  }
}
