package dev.allsquare.web;

import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Where order-service still looks for {@link dev.allsquare.database.WholeTables}. */
public final class WholeTables {

  private final dev.allsquare.database.WholeTables tables;

  /** Reads with this client, in transactions of this manager. */
  public WholeTables(PlatformTransactionManager manager, JdbcClient jdbc) {
    this.tables = new dev.allsquare.database.WholeTables(manager, jdbc);
  }

  /** Runs one read-only transaction. */
  public <T> T read(Function<JdbcClient, T> audit) {
    return tables.read(audit);
  }
}
