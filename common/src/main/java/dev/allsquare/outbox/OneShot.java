package dev.allsquare.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.PreparedStatementCreator;

/**
 * Statements that PostgreSQL plans anew each time. The outbox is empty most of the time: a generic
 * plan made then scans a backlog of a million rows from end to end, for every batch.
 */
final class OneShot {

  @FunctionalInterface
  interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private OneShot() {}

  static PreparedStatementCreator statement(String sql, Binder binder) {
    return connection -> {
      PreparedStatement statement = connection.prepareStatement(sql);
      if (statement.isWrapperFor(PGStatement.class)) {
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      }
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
