package dev.allsquare.benchmarks.kit;

import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs one engine: warm-up, saturated, on time at 50 a second, and then the books. */
public final class SagaRun {

  private static final int STARTERS = 8;
  private static final int RATE = 50;
  private static final int PATIENCE_SECONDS = 60;

  private final Random random;
  private final int inFlight;
  private final Map<UUID, Long> begun = new ConcurrentHashMap<>();
  private final AtomicLong started = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final Semaphore room;
  private volatile Latencies latencies = new Latencies();

  private SagaRun(Setup setup) {
    random = new Random(setup.number("seed", 1));
    inFlight = setup.number("in-flight", 200);
    room = new Semaphore(inFlight);
  }

  /** The program of a contender. */
  public static void main(String[] args, SagaEngine.Factory factory) throws Exception {
    var setup = Setup.of(args);
    new SagaRun(setup).run(setup, factory).print();
    // What a library has left running is its own affair.
    System.exit(0);
  }

  private Verdict run(Setup setup, SagaEngine.Factory factory) throws Exception {
    var figures = new LinkedHashMap<String, Double>();
    int seconds = setup.number("seconds", 5);
    try (var pool = setup.pool(1);
        var connection = pool.getConnection();
        var meter = Meter.of(setup)) {
      Shop.create(connection);
      try (var engine = factory.open(setup, this::ended)) {
        saturate(engine, Math.max(3, seconds / 2));
        meter.begin();
        long before = ended.get();
        double elapsed = saturate(engine, seconds);
        long count = ended.get() - before;
        figures.put("sagas/s", count / elapsed);
        meter.putInto(figures, count);
        latencies = new Latencies();
        onTime(engine, seconds);
        latencies.putInto(figures, "at 50/s");
      }
      return new Verdict(figures, complaints(connection));
    }
  }

  private List<String> complaints(Connection connection) throws Exception {
    return Shop.complaints(connection, started.get());
  }

  /** Returns the seconds it took until all had ended. */
  private double saturate(SagaEngine engine, int seconds) throws Exception {
    long begin = System.nanoTime();
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    try (var starters = Executors.newFixedThreadPool(STARTERS)) {
      for (int i = 0; i < STARTERS; i++) {
        var _ =
            starters.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    room.acquire();
                    start(engine, System.nanoTime());
                  }
                  return null;
                });
      }
    }
    awaitAll();
    return (System.nanoTime() - begin) / 1e9;
  }

  private void onTime(SagaEngine engine, int seconds) throws Exception {
    long begin = System.nanoTime();
    try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < RATE * seconds; i++) {
        long due = begin + i * TimeUnit.SECONDS.toNanos(1) / RATE;
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        room.acquire();
        var _ =
            starters.submit(
                () -> {
                  start(engine, due);
                  return null;
                });
      }
    }
    awaitAll();
  }

  private void start(SagaEngine engine, long due) throws Exception {
    var order = next();
    begun.put(order.id(), due);
    started.incrementAndGet();
    engine.start(order);
  }

  private synchronized Order next() {
    return Order.random(random);
  }

  private void ended(UUID id) {
    var due = begun.remove(id);
    if (due != null) {
      latencies.add(System.nanoTime() - due);
      ended.incrementAndGet();
      room.release();
    }
  }

  /** Whoever does not come to an end is found in the books. */
  private void awaitAll() throws InterruptedException {
    if (room.tryAcquire(inFlight, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      room.release(inFlight);
    }
  }
}
