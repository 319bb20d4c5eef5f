package dev.allsquare.saga;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.PreparedStatementCreator;

/** A statement over any number of rows, one array per column. */
final class Unnest<T> implements PreparedStatementCreator {

  private record Column(String type, List<@Nullable Object> values) {}

  private final String sql;
  private final Collection<T> rows;
  private final List<Column> columns = new ArrayList<>();

  Unnest(String sql, Collection<T> rows) {
    this.sql = sql;
    this.rows = rows;
  }

  Unnest<T> column(String type, Function<T, @Nullable Object> value) {
    columns.add(new Column(type, rows.stream().<@Nullable Object>map(value).toList()));
    return this;
  }

  @Override
  public PreparedStatement createPreparedStatement(Connection connection) throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < columns.size(); i++) {
      var column = columns.get(i);
      statement.setArray(i + 1, connection.createArrayOf(column.type(), column.values().toArray()));
    }
    return statement;
  }
}
