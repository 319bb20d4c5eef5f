package dev.allsquare.web;

import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * For audits, which read tables from end to end. A service's connections keep their plans and avoid
 * sequential scans, for the sake of statements that touch a few rows; for these both would be
 * wrong.
 *
 * <p>Safe for use by many threads.
 */
public final class WholeTables {

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

  /** Runs one read-only transaction whose statements are planned for the tables as they are. */
  public <T> T read(Function<JdbcClient, T> audit) {
    return transaction.execute(
        _ -> {
          jdbc.sql(PLAN_FOR_THEM).query().listOfRows();
          return audit.apply(jdbc);
        });
  }
}
