package dev.allsquare.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows that rows are locked in the order of their keys, so that nobody waits in a circle. */
public final class LockOrder {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TransactionTemplate transaction;
  private final JdbcTemplate jdbc;
  private final String lock;

  public LockOrder(
      PlatformTransactionManager transactions, JdbcTemplate jdbc, String table, String key) {
    this.transaction = new TransactionTemplate(transactions);
    this.jdbc = jdbc;
    this.lock = "select 1 from " + table + " where " + key + " = ? for update nowait";
  }

  /**
   * Checks that who waits for the lower key has not locked the higher one yet.
   *
   * @param keys two of them, the higher one first, as their rows were inserted
   * @param locking locks both rows
   */
  public void check(List<?> keys, Runnable locking) {
    var waiting =
        transaction.execute(
            _ -> {
              jdbc.queryForList(lock, keys.getLast());
              var waits = CompletableFuture.runAsync(() -> inTransaction(locking));
              Awaitility.await().atMost(PATIENCE).until(this::someoneWaits);
              assertThat(jdbc.queryForList(lock, keys.getFirst())).hasSize(1);
              return waits;
            });
    assertThat(waiting).isNotNull().succeedsWithin(PATIENCE);
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
