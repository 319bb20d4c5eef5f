package dev.allsquare.e2e;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks into one service's database. */
record Database(String url) {

  /** Reads one row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> rows(String sql, Row<T> reader) {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      var rows = new ArrayList<T>();
      while (result.next()) {
        rows.add(reader.read(result));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  long number(String sql) {
    return rows(sql, row -> row.getLong(1)).getFirst();
  }

  /**
   * How many rows every table has, but for those in which replicas tell that they live. Partitions
   * are counted with the table they are part of.
   */
  Map<String, Long> rowCounts() {
    var tables =
        rows(
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition
              and c.relname not in ('outbox_relay', 'saga_replica')
            """,
            row -> row.getString(1));
    var counts =
        tables.stream()
            .map(table -> "select '%s', count(*) from %s".formatted(table, '"' + table + '"'))
            .collect(Collectors.joining(" union all "));
    var byTable = new TreeMap<String, Long>();
    rows(counts, row -> byTable.put(row.getString(1), row.getLong(2)));
    return byTable;
  }
}
