package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parts of the system go away for longer than a lease while customers go on ordering. */
@ExtendWith(WholeSystem.class)
@Tag("long")
@Tag(NeedsContainers.TAG)
class OutagesTest {

  private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(8);
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  @Test
  void aBrokerIsKilledUnderLoadAndComesBack(Scene scene) {
    survives(scene, "a killed broker", () -> scene.faults().killBroker(0));
  }

  @Test
  void theFirstReplicaOfEveryServiceIsKilledUnderLoadAndComesBack(Scene scene) {
    survives(scene, "killed replicas", () -> onFirstReplicas(scene.faults()::kill));
  }

  @Test
  void theFirstReplicaOfEveryServiceIsPausedPastItsLease(Scene scene) {
    survives(scene, "paused replicas", () -> onFirstReplicas(scene.faults()::pause));
  }

  @Test
  void theFirstReplicaOfEveryServiceIsCutOffFromItsDatabase(Scene scene) {
    survives(
        scene,
        "replicas cut off from their databases",
        () -> onFirstReplicas((s, replica) -> scene.faults().cutOff(s, replica, Peer.DATABASE)));
  }

  @Test
  void theFirstReplicaOfEveryServiceIsCutOffFromKafka(Scene scene) {
    survives(
        scene,
        "replicas cut off from Kafka",
        () -> onFirstReplicas((s, replica) -> scene.faults().cutOff(s, replica, Peer.KAFKA)));
  }

  /** Nothing accepted is lost, nothing happens twice; the books are closed after every scenario. */
  private static void survives(Scene scene, String outage, Runnable breaks) {
    var tea = scene.product("1.00 EUR", 100_000);
    try (var shopping = new Shopping(scene, tea)) {
      shopping.accepts(50);
      var broken = Instant.now();
      breaks.run();
      Awaitility.await()
          .atMost(RECOVERY)
          .until(() -> Instant.now().isAfter(broken.plus(LONGER_THAN_A_LEASE)));
      var healed = Instant.now();
      scene.faults().heal();
      shopping.accepts(50);
      var orders = shopping.stop();

      assertThat(orders).doesNotHaveDuplicates();
      orders.forEach(order -> order.ends(RECOVERY));
      scene.books().balance(RECOVERY);
      System.out.printf(
          "Outage: %s for %d ms; %d orders accepted, all ended and the books balanced %d ms after it was healed%n",
          outage,
          Duration.between(broken, healed).toMillis(),
          orders.size(),
          Duration.between(healed, Instant.now()).toMillis());
      tea.hasSold((int) orders.stream().filter(o -> o.status().equals("CONFIRMED")).count());
    }
  }

  private interface Fault {
    void on(Service service, int replica);
  }

  private static void onFirstReplicas(Fault fault) {
    for (var service : Service.values()) {
      fault.on(service, 0);
    }
  }
}
