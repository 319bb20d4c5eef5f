package dev.allsquare.benchmarks.kit;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Runs one outbox: warm-up, on time at 50 a second, steady, the drain of a backlog, the books. */
public final class OutboxRun {

  private static final int WRITERS = 8;
  private static final int KEYS = 1_000;
  private static final int RATE = 50;
  private static final int BATCH = 100;
  private static final int PATIENCE_SECONDS = 60;

  private final Setup setup;
  private final int seconds;
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Map<Long, Long> due = new ConcurrentHashMap<>();
  private final AtomicLong published = new AtomicLong();
  private final Semaphore room;
  private final Latencies latencies = new Latencies();

  private OutboxRun(Setup setup) {
    this.setup = setup;
    this.seconds = setup.number("seconds", 5);
    this.room = new Semaphore(setup.number("unsent", 1_000));
  }

  /** The program of a contender. */
  public static void main(String[] args, OutboxPeer.Factory factory) throws Exception {
    new OutboxRun(Setup.of(args)).run(factory).print();
    // What a library has left running is its own affair.
    System.exit(0);
  }

  private Verdict run(OutboxPeer.Factory factory) throws Exception {
    try (var pool = setup.pool(1);
        var connection = pool.getConnection();
        var meter = Meter.of(setup);
        var reader = new TopicReader(setup, setup.text("topic"), this::arrived)) {
      Event.createTable(connection);
      try (var peer = factory.open(setup)) {
        peer.startRelaying();
        steady(peer, Math.max(3, seconds / 2));
        awaitAll(reader);
        onTime(peer);
        latencies.putInto(figures, "at 50/s");
        meter.begin();
        long before = reader.count();
        long begin = System.nanoTime();
        steady(peer, seconds);
        awaitAll(reader);
        figures.put("steady messages/s", perSecond(reader.count() - before, begin));
        meter.putInto(figures, reader.count() - before);
        drain(peer, reader);
        awaitAll(reader);
      }
      figures.put("out of order", (double) reader.disorder());
      return new Verdict(figures, complaints(connection, reader));
    }
  }

  private List<String> complaints(Connection connection, TopicReader reader) throws Exception {
    var complaints = new ArrayList<String>();
    long booked = Sql.number(connection, "select count(*) from booked");
    if (booked != published.get() || reader.count() != booked) {
      complaints.add(
          "%d were published, %d are booked, %d arrived"
              .formatted(published.get(), booked, reader.count()));
    }
    if (setup.is("ordered") && reader.disorder() > 0) {
      complaints.add(reader.disorder() + " arrived out of order");
    }
    return complaints;
  }

  /** A writer goes on while not too much is under way, so that it cannot outrun the relay. */
  private void steady(OutboxPeer peer, int seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    inParallel(
        writer -> {
          while (System.nanoTime() < end) {
            if (room.tryAcquire(100, TimeUnit.MILLISECONDS)) {
              var event = next(writer);
              due.put(event.n(), Long.MAX_VALUE);
              peer.publish(List.of(event));
            }
          }
        });
  }

  private void onTime(OutboxPeer peer) throws Exception {
    long begin = System.nanoTime();
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < RATE * seconds; i++) {
        long at = begin + i * TimeUnit.SECONDS.toNanos(1) / RATE;
        TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
        room.acquire();
        // A key of its own: one behind the other is what the other phases show.
        var event = new Event(published.getAndIncrement(), "t" + i);
        due.put(event.n(), at);
        var _ = writers.submit((Callable<Void>) () -> publish(peer, event));
      }
    }
    await(due::isEmpty);
  }

  private static Void publish(OutboxPeer peer, Event event) throws Exception {
    peer.publish(List.of(event));
    return null;
  }

  private void drain(OutboxPeer peer, TopicReader reader) throws Exception {
    int backlog = setup.number("backlog", 0);
    if (backlog == 0) {
      return;
    }
    peer.stopRelaying();
    inParallel(
        writer -> {
          for (int i = 0; i < backlog / WRITERS / BATCH; i++) {
            var events = new ArrayList<Event>();
            for (int j = 0; j < BATCH; j++) {
              events.add(next(writer));
            }
            peer.publish(events);
          }
        });
    long before = reader.count();
    long begin = System.nanoTime();
    peer.startRelaying();
    awaitAll(reader);
    figures.put("drain messages/s", perSecond(reader.count() - before, begin));
  }

  /** Each writer has keys of its own: it alone decides their order. */
  private Event next(int writer) {
    long n = published.getAndIncrement();
    return new Event(n, "k" + (n % (KEYS / WRITERS) * WRITERS + writer));
  }

  private void arrived(long n) {
    var at = due.remove(n);
    if (at != null) {
      room.release();
      if (at != Long.MAX_VALUE) {
        latencies.add(System.nanoTime() - at);
      }
    }
  }

  private void awaitAll(TopicReader reader) throws InterruptedException {
    await(() -> reader.count() == published.get());
  }

  /** What has not come by then is found in the books. */
  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }

  private static double perSecond(long count, long begin) {
    return count * 1e9 / (System.nanoTime() - begin);
  }

  private interface Writing {
    void run(int writer) throws Exception;
  }

  private static void inParallel(Writing writing) throws Exception {
    try (var writers = Executors.newFixedThreadPool(WRITERS)) {
      var all = new ArrayList<Callable<Void>>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        all.add(
            () -> {
              writing.run(writer);
              return null;
            });
      }
      for (var done : writers.invokeAll(all)) {
        done.get();
      }
    }
  }
}
