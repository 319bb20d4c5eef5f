package dev.allsquare.benchmarks.kit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One message, and the business row that is written with it.
 *
 * @param n ascends per key
 */
public record Event(long n, String key) {

  private static final String FILLER = "x".repeat(250);

  static void createTable(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("create table booked (n bigint primary key, key text not null)");
    }
  }

  /** The business rows, in the caller's transaction. */
  public static void book(Connection connection, List<Event> events) throws SQLException {
    try (var statement = connection.prepareStatement("insert into booked values (?, ?)")) {
      for (var event : events) {
        statement.setLong(1, event.n);
        statement.setString(2, event.key);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Some 300 bytes. */
  public String json() {
    return "{\"n\":%d,\"key\":\"%s\",\"filler\":\"%s\"}".formatted(n, key, FILLER);
  }
}
