package dev.allsquare.autoconfigure;

import java.sql.Connection;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Replicas that start together migrate one after the other. Flyway has a lock of its own, but that
 * begins with the first row of a history: of two replicas on a new database, one may find the other
 * one's history without that row, and refuse to start. Takes one connection more than Flyway's two.
 */
final class MigrationLock {

  /** Any number would do, as long as every version of this library names the same one. */
  static final long KEY = 0x616c6c73_71756172L;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  private final JdbcTemplate jdbc;

  MigrationLock(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  void hold(Runnable work) {
    jdbc.execute(
        (Connection connection) -> {
          var holder = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
          take(holder);
          try {
            work.run();
          } finally {
            holder.query("select pg_advisory_unlock(?)", _ -> {}, KEY);
          }
          return null;
        });
  }

  /** A statement that waits would hold up {@code create index concurrently} in a migration. */
  private static void take(JdbcTemplate jdbc) {
    while (!tryTake(jdbc)) {
      try {
        Thread.sleep(BETWEEN_TRIES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while another replica migrates", e);
      }
    }
  }

  private static boolean tryTake(JdbcTemplate jdbc) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject("select pg_try_advisory_lock(?)", Boolean.class, KEY));
  }
}
