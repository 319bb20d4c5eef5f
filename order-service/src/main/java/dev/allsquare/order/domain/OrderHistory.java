package dev.allsquare.order.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every status an order ever had, one row each. */
@Component
public class OrderHistory {

  /** The order had this status from then on. */
  public record Entry(long version, OrderStatus status, @Nullable Reason reason, Instant at) {}

  private final JdbcClient jdbc;

  OrderHistory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What the order became after this version, oldest first. */
  public List<Entry> after(UUID order, long version) {
    return jdbc.sql(
            """
            select version, status, reason, at from order_history
            where order_id = ? and version > ? order by version
            """)
        .params(order, version)
        .query(OrderHistory::entry)
        .list();
  }

  /** One statement, however many changes. */
  void append(List<OrderChange> changes) {
    jdbc.sql(
            """
            insert into order_history (order_id, version, status, reason, at)
            select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::timestamptz[])
            """)
        .params(
            column(changes, change -> change.orderId().toString()),
            column(changes, change -> Long.toString(change.version())),
            column(changes, change -> change.status().name()),
            column(changes, change -> change.reason() == null ? null : change.reason().name()),
            column(changes, change -> change.at().toString()))
        .update();
  }

  private static @Nullable String[] column(List<OrderChange> changes, Column column) {
    return changes.stream().map(column::of).toArray(String[]::new);
  }

  private interface Column {
    @Nullable String of(OrderChange change);
  }

  private static Entry entry(ResultSet row, int number) throws SQLException {
    var reason = row.getString("reason");
    return new Entry(
        row.getLong("version"),
        OrderStatus.valueOf(row.getString("status")),
        reason == null ? null : Reason.valueOf(reason),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
