package dev.allsquare.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.PreparedStatementCreator;

/** Statements whose parameters are arrays, one per column. */
final class Bound {

  @FunctionalInterface
  interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private Bound() {}

  static PreparedStatementCreator statement(String sql, Binder binder) {
    return connection -> {
      PreparedStatement statement = connection.prepareStatement(sql);
      binder.bind(statement);
      return statement;
    };
  }

  static void array(
      PreparedStatement statement, int index, String type, @Nullable Object[] elements)
      throws SQLException {
    Connection connection = statement.getConnection();
    statement.setArray(index, connection.createArrayOf(type, elements));
  }
}
