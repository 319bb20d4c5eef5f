package dev.allsquare.order.reconciling;

import dev.allsquare.contract.Money;
import dev.allsquare.order.domain.OrderStatus;
import dev.allsquare.order.reconciling.Case.Known;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Our own orders, as far as the others can be asked about them. */
@Component
class KnownOrders {

  private static final String SELECT =
      "select id, status, total_minor, currency, version from orders where ";

  private final JdbcClient jdbc;

  KnownOrders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Known> after(UUID order, int limit) {
    return jdbc.sql(SELECT + "id > ? order by id limit ?")
        .params(order, limit)
        .query((row, number) -> known(row))
        .list();
  }

  Optional<Known> find(UUID order) {
    return jdbc.sql(SELECT + "id = ?").param(order).query((row, number) -> known(row)).optional();
  }

  private static Known known(ResultSet row) throws SQLException {
    return new Known(
        row.getObject("id", UUID.class),
        OrderStatus.valueOf(row.getString("status")),
        Money.ofMinor(row.getLong("total_minor"), row.getString("currency")),
        row.getLong("version"));
  }
}
