package dev.allsquare.benchmarks.kit;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The anchor: each step in a transaction of its own, and nothing that would remember where a saga
 * stood. What an engine reaches below this is what its durability costs.
 */
public final class NoEngine implements SagaEngine {

  private final HikariDataSource pool;
  private final ExecutorService threads;
  private final Consumer<UUID> ended;

  private NoEngine(Setup setup, Consumer<UUID> ended) {
    int number = setup.number("threads", 16);
    this.pool = setup.pool(number);
    this.threads = Executors.newFixedThreadPool(number);
    this.ended = ended;
  }

  public static void main(String[] args) throws Exception {
    SagaRun.main(args, NoEngine::new);
  }

  @Override
  public void start(Order order) {
    var _ =
        threads.submit(
            () -> {
              run(order);
              ended.accept(order.id());
              return null;
            });
  }

  private void run(Order order) throws SQLException {
    try (var connection = pool.getConnection()) {
      for (@Nullable Step step = Step.PLACE; step != null; step = step.next(order)) {
        connection.setAutoCommit(false);
        step.run(connection, order);
        connection.commit();
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      var _ = threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pool.close();
  }
}
