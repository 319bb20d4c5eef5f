package dev.allsquare.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * For migrations: one may take hours, and waits for its lock as long as another replica's takes.
 * The pool gives a connection its timeout back when it returns.
 */
final class WithoutTimeout extends DelegatingDataSource {

  WithoutTimeout(DataSource dataSource) {
    super(dataSource);
  }

  @Override
  public Connection getConnection() throws SQLException {
    var connection = super.getConnection();
    connection.setNetworkTimeout(Runnable::run, 0);
    return connection;
  }
}
