package dev.allsquare.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Customers who order one piece after the other, each when the last order has ended or two seconds
 * have passed, until they are told to stop. They are careful: what was not answered is asked again,
 * with the same key.
 */
final class Shopping implements AutoCloseable {

  private static final int CUSTOMERS = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<PlacedOrder> placed = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Scene scene;
  private final Product product;
  private volatile boolean over;

  Shopping(Scene scene, Product product) {
    this.scene = scene;
    this.product = product;
    IntStream.range(0, CUSTOMERS)
        .mapToObj(n -> scene.customer("100000.00 EUR"))
        .forEach(customer -> threads.execute(() -> shop(customer)));
  }

  private void shop(Customer customer) {
    try {
      for (int turn = 0; !over; turn++) {
        placed.add(place(scene, turn, customer.order(product.times(1)), "Prefer", "wait=2"));
      }
    } catch (RuntimeException | AssertionError e) {
      failures.add(e);
    }
  }

  /** As a careful caller does: the same request with the same key until it is answered. */
  static PlacedOrder place(Scene scene, int turn, String order, String... headers) {
    var key = Api.newKey();
    var attempts = new int[] {turn};
    var answer =
        Awaitility.await("the order is accepted")
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(100))
            .pollInSameThread()
            .ignoreExceptions()
            .until(
                () -> scene.api(attempts[0]++).placeOrder(order, key, headers), Answer::isSuccess);
    return new PlacedOrder(scene, answer.json().path("id").asString());
  }

  /** Waits until so many orders more were accepted. */
  void accepts(int more) {
    int goal = placed.size() + more;
    Awaitility.await(goal + " orders accepted")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> placed.size() >= goal || !failures.isEmpty());
  }

  /** Everything that was accepted until now. */
  List<PlacedOrder> stop() {
    over = true;
    threads.close();
    failures.forEach(
        failure -> {
          throw new AssertionError("a customer gave up", failure);
        });
    return List.copyOf(placed);
  }

  @Override
  public void close() {
    over = true;
    threads.close();
  }
}
