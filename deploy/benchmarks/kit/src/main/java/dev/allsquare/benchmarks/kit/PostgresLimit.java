package dev.allsquare.benchmarks.kit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The row writes of one of our sagas, 25 in 6 transactions, straight at PostgreSQL: no engine, no
 * log, no HTTP. With a batch of one it is what a transaction per message can reach at best, with a
 * batch of 100 what ours can.
 */
public final class PostgresLimit {

  private final int batch;
  private final AtomicLong sagas = new AtomicLong();

  private PostgresLimit(int batch) {
    this.batch = batch;
  }

  public static void main(String[] args) throws Exception {
    var setup = Setup.of(args);
    new PostgresLimit(setup.number("batch", 1)).run(setup).print();
  }

  private Verdict run(Setup setup) throws Exception {
    int clients = setup.number("clients", 4);
    int seconds = setup.number("seconds", 10);
    var figures = new LinkedHashMap<String, Double>();
    try (var pool = setup.pool(clients + 1);
        var connection = pool.getConnection();
        var meter = Meter.of(setup);
        var threads = Executors.newFixedThreadPool(clients)) {
      LimitRows.create(connection);
      var work = new ArrayList<Callable<Void>>();
      for (int i = 0; i < clients; i++) {
        var random = new Random(setup.number("seed", 1) + 31L * i);
        work.add(() -> work(pool.getConnection(), random, seconds));
      }
      work(connection, new Random(-setup.number("seed", 1)), Math.max(2, seconds / 4));
      meter.begin();
      long before = sagas.get();
      long begin = System.nanoTime();
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
      double elapsed = (System.nanoTime() - begin) / 1e9;
      figures.put("sagas/s", (sagas.get() - before) / elapsed);
      meter.putInto(figures, sagas.get() - before);
      return new Verdict(figures, complaints(connection));
    }
  }

  private List<String> complaints(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    return LimitRows.complaints(connection, sagas.get());
  }

  private Void work(Connection connection, Random random, int seconds) throws SQLException {
    connection.setAutoCommit(false);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    var ids = new UUID[batch];
    var skus = new Integer[batch];
    while (System.nanoTime() < end) {
      for (int i = 0; i < batch; i++) {
        ids[i] = new UUID(random.nextLong(), random.nextLong());
        skus[i] = random.nextInt(Order.SKUS);
      }
      for (var transaction : LimitRows.TRANSACTIONS) {
        LimitRows.write(connection, transaction, ids, skus);
        connection.commit();
      }
      sagas.addAndGet(batch);
    }
    return null;
  }
}
