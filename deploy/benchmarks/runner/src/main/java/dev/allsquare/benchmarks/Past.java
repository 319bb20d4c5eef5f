package dev.allsquare.benchmarks;

import dev.allsquare.local.RunningTopology;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * Finished sagas of long ago, with the rows that each leaves in three databases: copies of one that
 * has just been confirmed, under ids of their own.
 */
final class Past {

  /** A version 7 id of a day ago and so many milliseconds: the same for the same number. */
  private static final String ID =
      "(lpad(to_hex((extract(epoch from date_trunc('day', now() - interval '1 day')) * 1000)::bigint + g / 100), 12, '0')"
          + " || '7%s008' || lpad(to_hex(g), 15, '0'))::uuid";

  private static final List<String> ORDERS =
      List.of(
          """
          insert into orders (id, customer_id, total_minor, currency, lines, created_at, saga_id, status, updated_at, version, revision)
          select ORDER_ID, o.customer_id, o.total_minor, o.currency, o.lines, o.created_at, SAGA_ID, o.status, o.updated_at, o.version, o.revision
          from generate_series(FIRST, LAST) g, (select * from orders where status = 'CONFIRMED' limit 1) o
          """,
          """
          insert into order_history (order_id, version, status, at)
          select ORDER_ID, h.version, h.status, h.at
          from generate_series(FIRST, LAST) g, (select * from order_history where order_id = (select id from orders where status = 'CONFIRMED' limit 1)) h
          """,
          """
          insert into saga (id, type, version, business_key, state, direction, data, steps, waiting_for, revision)
          select SAGA_ID, s.type, s.version, ORDER_ID::text, s.state, s.direction, s.data, s.steps, s.waiting_for, s.revision
          from generate_series(FIRST, LAST) g, (select * from saga where state = 'COMPLETED' limit 1) s
          """,
          """
          insert into saga_history (saga_id, revision, at, entries)
          select SAGA_ID, h.revision, h.at, h.entries
          from generate_series(FIRST, LAST) g, (select * from saga_history where saga_id = (select id from saga where state = 'COMPLETED' limit 1)) h
          """);

  private static final List<String> PAYMENTS =
      List.of(
          """
          insert into payment (id, order_id, customer_id, currency, minor, state, changes, created_at, updated_at, version)
          select PAYMENT_ID, ORDER_ID, p.customer_id, p.currency, 0, p.state, p.changes, p.created_at, p.updated_at, p.version
          from generate_series(FIRST, LAST) g, (select * from payment where state = 'CAPTURED' limit 1) p
          """);

  private static final List<String> INVENTORY =
      List.of(
          """
          insert into reservation (order_id, state, lines, created_at, updated_at, version)
          select ORDER_ID, r.state, '[]', r.created_at, r.updated_at, r.version
          from generate_series(FIRST, LAST) g, (select * from reservation where state = 'COMMITTED' limit 1) r
          """);

  private final RunningTopology topology;
  private int size;

  Past(RunningTopology topology) {
    this.topology = topology;
  }

  /** It only grows: sizes are measured from the smallest to the greatest. */
  void growTo(int wanted) {
    if (wanted > size) {
      insert("order-service", ORDERS, wanted);
      insert("payment-service", PAYMENTS, wanted);
      insert("inventory-service", INVENTORY, wanted);
      size = wanted;
    }
  }

  private void insert(String service, List<String> statements, int wanted) {
    try (var connection = DriverManager.getConnection(topology.jdbcUrl(service));
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(
            sql.replace("ORDER_ID", ID.formatted("a"))
                .replace("SAGA_ID", ID.formatted("b"))
                .replace("PAYMENT_ID", ID.formatted("c"))
                .replace("FIRST", Integer.toString(size + 1))
                .replace("LAST", Integer.toString(wanted)));
      }
      statement.execute("vacuum analyze");
    } catch (SQLException e) {
      throw new IllegalStateException("could not make a past in " + service, e);
    }
  }
}
