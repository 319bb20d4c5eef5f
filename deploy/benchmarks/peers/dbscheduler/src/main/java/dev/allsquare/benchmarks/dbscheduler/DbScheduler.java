package dev.allsquare.benchmarks.dbscheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.allsquare.benchmarks.kit.Order;
import dev.allsquare.benchmarks.kit.SagaEngine;
import dev.allsquare.benchmarks.kit.SagaRun;
import dev.allsquare.benchmarks.kit.Setup;
import dev.allsquare.benchmarks.kit.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One task per step. A step commits its rows, then its task is removed and the next one inserted; a
 * crash in between runs it again. Immediate execution is on: without it every step waits for a
 * poll.
 */
public final class DbScheduler implements SagaEngine {

  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name text not null, task_instance text not null, task_data bytea,
        execution_time timestamptz not null, picked boolean not null, picked_by text,
        last_success timestamptz, last_failure timestamptz, consecutive_failures int,
        last_heartbeat timestamptz, version bigint not null, priority smallint,
        primary key (task_name, task_instance));
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      """;

  private final HikariDataSource pool;
  private final Consumer<UUID> ended;
  private final Map<Step, CustomTask<String>> tasks = new EnumMap<>(Step.class);
  private final Scheduler scheduler;

  private DbScheduler(Setup setup, Consumer<UUID> ended) throws SQLException {
    this.pool = setup.pool(32);
    this.ended = ended;
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    Arrays.stream(Step.values()).forEach(step -> tasks.put(step, task(step)));
    scheduler = (setup.is("tuned") ? tuned(builder()) : builder()).build();
    scheduler.start();
  }

  public static void main(String[] args) throws Exception {
    SagaRun.main(args, DbScheduler::new);
  }

  private SchedulerBuilder builder() {
    return Scheduler.create(pool, List.copyOf(tasks.values())).enableImmediateExecution();
  }

  private static SchedulerBuilder tuned(SchedulerBuilder builder) {
    return builder
        .threads(20)
        .pollingInterval(Duration.ofMillis(10))
        .pollUsingLockAndFetch(0.5, 4.0);
  }

  private CustomTask<String> task(Step step) {
    return Tasks.custom(step.name(), String.class)
        .execute((instance, context) -> run(step, Order.of(instance.getData())));
  }

  private CompletionHandler<String> run(Step step, Order order) {
    try (var connection = pool.getConnection()) {
      step.run(connection, order);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    var next = step.next(order);
    return (complete, operations) -> {
      if (next == null) {
        operations.remove();
        ended.accept(order.id());
      } else {
        operations.removeAndScheduleNew(at(next, order));
      }
    };
  }

  private SchedulableInstance<String> at(Step step, Order order) {
    return tasks.get(step).schedulableInstance(order.id().toString(), order.text());
  }

  @Override
  public void start(Order order) {
    scheduler.scheduleIfNotExists(
        new TaskInstance<>(Step.PLACE.name(), order.id().toString(), order.text()), Instant.now());
  }

  @Override
  public void close() {
    scheduler.stop();
    pool.close();
  }
}
