package dev.allsquare.inventory.web;

import dev.allsquare.database.WholeTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Recounts the shelves: what is reserved must be what reservations hold, and what is on hand must
 * be every adjustment less what committed reservations took away. One statement, hence one snapshot
 * of the books; it reads all of them.
 */
@Component
@Endpoint(id = "consistency")
class ConsistencyEndpoint {

  private static final String RECOUNT =
      """
      with line as (
        select line.sku, reservation.state, sum(line.quantity) as quantity
        from reservation, jsonb_to_recordset(lines) as line(sku text, quantity bigint)
        where state in ('HELD', 'COMMITTED')
        group by line.sku, reservation.state),
      adjusted as (select sku, sum(quantity) as quantity from adjustment group by sku),
      counted as (
        select sku, coalesce(on_hand, 0) as on_hand, coalesce(reserved, 0) as reserved,
          coalesce(adjusted.quantity, 0) - coalesce(gone.quantity, 0) as expected_on_hand,
          coalesce(held.quantity, 0) as expected_reserved
        from stock
          full join adjusted using (sku)
          full join (select * from line where state = 'HELD') as held using (sku)
          full join (select * from line where state = 'COMMITTED') as gone using (sku))
      select * from counted
      where on_hand <> expected_on_hand or reserved <> expected_reserved
        or reserved < 0 or on_hand < reserved
      order by sku limit 100
      """;

  private final WholeTables tables;

  ConsistencyEndpoint(PlatformTransactionManager manager, JdbcClient jdbc) {
    this.tables = new WholeTables(manager, jdbc);
  }

  /**
   * What the recount found.
   *
   * @param violations the shelves that are not square, at most 100 of them
   */
  record Report(boolean consistent, List<Violation> violations) {}

  /** A shelf that is not square: what it says, and what it should say. */
  record Violation(
      String sku, long onHand, long reserved, long expectedOnHand, long expectedReserved) {}

  /** Recounts everything. */
  @ReadOperation
  Report check() {
    var violations =
        tables.read(jdbc -> jdbc.sql(RECOUNT).query((row, number) -> violation(row)).list());
    return new Report(violations.isEmpty(), violations);
  }

  private static Violation violation(ResultSet row) throws SQLException {
    return new Violation(
        row.getString("sku"),
        row.getLong("on_hand"),
        row.getLong("reserved"),
        row.getLong("expected_on_hand"),
        row.getLong("expected_reserved"));
  }
}
