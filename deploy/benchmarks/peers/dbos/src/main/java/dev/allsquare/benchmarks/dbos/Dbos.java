package dev.allsquare.benchmarks.dbos;

import com.zaxxer.hikari.HikariDataSource;
import dev.allsquare.benchmarks.kit.Order;
import dev.allsquare.benchmarks.kit.SagaEngine;
import dev.allsquare.benchmarks.kit.SagaRun;
import dev.allsquare.benchmarks.kit.Setup;
import dev.allsquare.benchmarks.kit.Step;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One workflow per saga, one step of it per step; each step's outcome is written after it. */
public final class Dbos implements SagaEngine {

  /** What DBOS wraps. */
  public interface Saga {
    void run(String order) throws SQLException;
  }

  /** The steps of one saga; what has been done is not done again after a crash. */
  public static final class Steps implements Saga {

    private final DBOS dbos;
    private final HikariDataSource pool;

    Steps(DBOS dbos, HikariDataSource pool) {
      this.dbos = dbos;
      this.pool = pool;
    }

    @Override
    @Workflow(name = "saga")
    public void run(String text) throws SQLException {
      var order = Order.of(text);
      for (@Nullable Step step = Step.PLACE; step != null; step = step.next(order)) {
        var current = step;
        dbos.runStep(() -> run(current, order), step.name());
      }
    }

    private void run(Step step, Order order) throws SQLException {
      try (var connection = pool.getConnection()) {
        step.run(connection, order);
      }
    }
  }

  private final HikariDataSource pool;
  private final DBOS dbos;
  private final Saga saga;
  private final Consumer<UUID> ended;
  private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();

  private Dbos(Setup setup, Consumer<UUID> ended) {
    this.pool = setup.pool(32);
    this.ended = ended;
    this.dbos =
        new DBOS(DBOSConfig.defaults("benchmark").withDataSource(pool).withAdminServer(false));
    this.saga = dbos.registerProxy(Saga.class, new Steps(dbos, pool));
    dbos.launch();
  }

  public static void main(String[] args) throws Exception {
    SagaRun.main(args, Dbos::new);
  }

  @Override
  public void start(Order order) throws SQLException {
    var handle =
        dbos.startWorkflow(
            () -> saga.run(order.text()), new StartWorkflowOptions(order.id().toString()));
    waiting.submit(
        () -> {
          handle.getResult();
          ended.accept(order.id());
          return null;
        });
  }

  @Override
  public void close() {
    waiting.close();
    dbos.shutdown();
    pool.close();
  }
}
