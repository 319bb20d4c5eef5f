package dev.allsquare.order.web;

import dev.allsquare.order.domain.Order;
import dev.allsquare.order.domain.OrderBook;
import dev.allsquare.order.domain.OrdersChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Wakes whoever waits for an order to change. What this replica commits is signalled at once; what
 * others commit is found by one poll for all watched orders.
 */
@Component
class OrderWatch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OrderWatch.class);

  private final OrderBook book;
  private final Duration pollInterval;
  private final ConcurrentMap<UUID, Watched> watched = new ConcurrentHashMap<>();
  private volatile CountDownLatch stopped = new CountDownLatch(0);

  OrderWatch(OrderBook book, WatchProperties properties) {
    this.book = book;
    this.pollInterval = properties.pollInterval();
  }

  /**
   * Begins to watch the order. Whoever reads the order's state after this call and then waits for a
   * newer version misses none.
   */
  Watch watch(UUID order) {
    return new Watch(
        order,
        watched.compute(order, (id, present) -> present == null ? new Watched() : present.more()));
  }

  /**
   * The placed order once it is settled, or as it stands when the client's patience ends. It is
   * watched before it is placed, so no change of it is missed and none has to be read again.
   *
   * @param id what the order will be called, unless the request was here before
   */
  OrderView settled(UUID id, Supplier<Order> placing, Duration patience) {
    try (var watch = watch(id)) {
      var order = OrderView.of(placing.get());
      return order.id().equals(id)
          ? settled(order, watch, patience)
          : settled(order.id(), () -> book.find(order.id()).orElseThrow(), patience);
    }
  }

  private static OrderView settled(OrderView placed, Watch watch, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    var order = placed;
    while (!order.status().settled()) {
      var newer = watch.next(order.version(), Duration.ofNanos(deadline - System.nanoTime()));
      if (newer == null) {
        return order;
      }
      order = newer;
    }
    return order;
  }

  @TransactionalEventListener
  void on(OrdersChanged changed) {
    changed.orders().forEach(this::signal);
  }

  private void signal(Order order) {
    var present = watched.get(order.id());
    if (present != null) {
      present.reached(OrderView.of(order));
    }
  }

  /** The safety net; also what a second replica lives on. */
  void poll() {
    if (!watched.isEmpty()) {
      var changed = new ArrayList<UUID>();
      book.versions(List.copyOf(watched.keySet()))
          .forEach((id, version) -> addIfNew(id, version, changed));
      if (!changed.isEmpty()) {
        book.find(changed).forEach(this::signal);
      }
    }
  }

  private void addIfNew(UUID id, long version, List<UUID> changed) {
    var present = watched.get(id);
    if (present != null && present.isOlderThan(version)) {
      changed.add(id);
    }
  }

  private void pollUntil(CountDownLatch stop) {
    try {
      while (!stop.await(pollInterval.toMillis(), TimeUnit.MILLISECONDS)) {
        pollSafely();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pollSafely() {
    try {
      poll();
    } catch (RuntimeException | Error e) {
      log.warn("watched orders could not be looked up, trying again: {}", e.toString());
    }
  }

  @Override
  public void start() {
    var stop = new CountDownLatch(1);
    stopped = stop;
    Thread.ofVirtual().name("order-watch").start(() -> pollUntil(stop));
  }

  /** Before the web server waits for requests to end: it would wait for the streams. */
  @Override
  public void stop() {
    stopped.countDown();
    watched.values().forEach(Watched::wakeAll);
  }

  @Override
  public boolean isRunning() {
    return stopped.getCount() > 0;
  }

  /** One client's watch over one order. */
  final class Watch implements AutoCloseable {

    private final UUID order;
    private final Watched state;

    private Watch(UUID order, Watched state) {
      this.order = order;
      this.state = state;
    }

    /** Waits until the order has a newer version; false when the time is over or we shut down. */
    boolean newerThan(long version, Duration patience) {
      return next(version, patience) != null;
    }

    /** The order when it has a newer version; {@code null} when none came in time. */
    @Nullable OrderView next(long version, Duration patience) {
      return state.await(version, patience, OrderWatch.this::isRunning);
    }

    boolean goesOn() {
      return isRunning();
    }

    @Override
    public void close() {
      watched.computeIfPresent(order, (id, present) -> lessOne(present));
    }

    private static @Nullable Watched lessOne(Watched present) {
      return present.less() ? null : present;
    }
  }
}
