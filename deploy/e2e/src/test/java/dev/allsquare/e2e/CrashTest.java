package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WholeSystem.class)
class CrashTest {

  private static final int ORDERS = 500;
  private static final List<Service> TURNS =
      List.of(Service.PAYMENT, Service.INVENTORY, Service.ORDER);

  @Test
  void killingEachServiceInTurnWhileFiveHundredOrdersAreUnderWayLosesNothing(Scene scene) {
    var tea = scene.product("1.00 EUR", 10_000);
    var customers = IntStream.range(0, 10).mapToObj(i -> scene.customer("1000.00 EUR")).toList();
    var orders = new ArrayList<PlacedOrder>();

    try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var service : TURNS) {
        var accepted = new AtomicInteger();
        var placing =
            CompletableFuture.supplyAsync(() -> place(scene, customers, tea, accepted), background);
        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> accepted.get() >= 30);
        scene.faults().kill(service);
        assertThat(placing).as("orders under way when %s was killed", service).isNotDone();
        scene.faults().start(service);
        orders.addAll(placing.join());
      }
    }

    assertThat(orders).hasSizeGreaterThanOrEqualTo(ORDERS).doesNotHaveDuplicates();
    orders.forEach(PlacedOrder::ends);
    var confirmed = orders.stream().filter(each -> each.status().equals("CONFIRMED")).count();
    assertThat(confirmed).as("orders confirmed in spite of it all").isPositive();
    tea.hasSold((int) confirmed);
  }

  private static List<PlacedOrder> place(
      Scene scene, List<Customer> customers, Product tea, AtomicInteger accepted) {
    return Parallel.each(
        ORDERS / TURNS.size() + 1,
        20,
        i -> {
          var order = Shopping.place(scene, i, customers.get(i % 10).order(tea.times(1)));
          accepted.incrementAndGet();
          return order;
        });
  }
}
