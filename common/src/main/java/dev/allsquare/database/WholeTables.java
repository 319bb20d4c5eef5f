package dev.allsquare.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * For audits, which read tables from end to end. A service's connections keep their plans, avoid
 * sequential scans, and are given up when the server is silent for half a minute, for the sake of
 * statements that touch a few rows; for these all three would be wrong.
 *
 * <p>Safe for use by many threads.
 */
public final class WholeTables {

  private static final int LONGEST_MILLIS = 15 * 60 * 1_000;

  private static final String PLAN_FOR_THEM =
      """
      select set_config('enable_seqscan', 'on', true),
             set_config('plan_cache_mode', 'force_custom_plan', true)
      """;

  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;

  /** Reads with this client, in transactions of this manager. */
  public WholeTables(PlatformTransactionManager manager, JdbcClient jdbc) {
    this.transaction = new TransactionTemplate(manager);
    this.transaction.setReadOnly(true);
    this.jdbc = jdbc;
  }

  /**
   * Runs one read-only transaction whose statements are planned for the tables as they are, and may
   * take a quarter of an hour each.
   */
  public <T> T read(Function<JdbcClient, T> audit) {
    return transaction.execute(
        _ -> {
          jdbc.sql(PLAN_FOR_THEM).query(WholeTables::bePatient);
          return audit.apply(jdbc);
        });
  }

  /** The pool gives a connection its timeout back when it returns. */
  private static Connection bePatient(ResultSet row) throws SQLException {
    var connection = row.getStatement().getConnection();
    connection.setNetworkTimeout(Runnable::run, LONGEST_MILLIS);
    return connection;
  }
}
