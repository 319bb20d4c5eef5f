package dev.allsquare.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two transactions that get into each other's way, every time the test runs. */
public final class Contention {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TransactionTemplate transaction;
  private final JdbcTemplate jdbc;

  public Contention(PlatformTransactionManager transactions, JdbcTemplate jdbc) {
    this.transaction = new TransactionTemplate(transactions);
    this.jdbc = jdbc;
  }

  /**
   * Checks that the second succeeds although it has to wait for the first.
   *
   * @param meanwhile done by the first, while the second waits
   */
  public void check(Runnable first, Runnable second, Runnable meanwhile) {
    var waiting =
        transaction.execute(
            _ -> {
              first.run();
              var waits = CompletableFuture.runAsync(() -> inTransaction(second));
              Awaitility.await().atMost(PATIENCE).until(this::someoneWaits);
              meanwhile.run();
              return waits;
            });
    assertThat(waiting).isNotNull().succeedsWithin(PATIENCE);
  }

  /**
   * Checks that rows are locked in the order of their keys, so that nobody waits in a circle: who
   * waits for the lowest has locked no other yet.
   *
   * @param keys the lowest one last, as their rows were inserted
   */
  public void locksInOrder(String table, String key, List<?> keys, Runnable locking) {
    var lock = "select 1 from " + table + " where " + key + " = ? for update nowait";
    check(
        () -> jdbc.queryForList(lock, keys.getLast()),
        () -> {
          jdbc.execute("set local enable_sort = off"); // no plan sorts unless it is asked to
          locking.run();
        },
        () -> keys.subList(0, keys.size() - 1).forEach(other -> jdbc.queryForList(lock, other)));
  }

  private void inTransaction(Runnable work) {
    transaction.executeWithoutResult(_ -> work.run());
  }

  private boolean someoneWaits() {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "select exists (select from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock')",
            Boolean.class));
  }
}
