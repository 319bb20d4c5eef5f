package dev.allsquare.benchmarks.kit;

import java.sql.Connection;
import java.sql.SQLException;

/** One number out of a database. */
public final class Sql {

  private Sql() {}

  /** The first column of the only row; 0 where it is null. */
  public static long number(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
