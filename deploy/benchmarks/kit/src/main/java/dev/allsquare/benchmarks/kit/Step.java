package dev.allsquare.benchmarks.kit;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The six steps of the saga that every engine runs, nine row writes together, and what undoes them.
 * Each has the effect of one however often it runs, as durable engines require. The statements are
 * the same for all; the engine adds the rows that it needs itself.
 */
public enum Step {
  PLACE("insert into orders values (?, 'PENDING', repeat('x', 300)) on conflict do nothing") {
    @Override
    public Step next(Order order) {
      return RESERVE;
    }
  },
  RESERVE(
      """
      with held as (insert into reservation values (?, ?, 'HELD') on conflict do nothing returning sku)
      update stock set reserved = reserved + 1 where sku in (select sku from held)
      """) {
    @Override
    public Step next(Order order) {
      return AUTHORIZE;
    }
  },
  AUTHORIZE(
      """
      with paid as (insert into payment values (?, 'AUTHORIZED') on conflict do nothing returning id)
      insert into ledger (payment, account, minor) select id, account, minor from paid, (values ('HELD', 100), ('AVAILABLE', -100)) line(account, minor)
      """) {
    @Override
    public Step next(Order order) {
      return order.refused() ? RELEASE : CAPTURE;
    }

    // A declined payment leaves no row.
    @Override
    public void run(Connection connection, Order order) throws SQLException {
      if (!order.refused()) {
        super.run(connection, order);
      }
    }
  },
  CAPTURE("update payment set state = 'CAPTURED' where id = ? and state = 'AUTHORIZED'") {
    @Override
    public Step next(Order order) {
      return COMMIT;
    }
  },
  COMMIT("update reservation set state = 'COMMITTED' where id = ? and state = 'HELD'") {
    @Override
    public Step next(Order order) {
      return CONFIRM;
    }
  },
  CONFIRM("update orders set status = 'CONFIRMED' where id = ? and status = 'PENDING'") {
    @Override
    public @Nullable Step next(Order order) {
      return null;
    }
  },
  RELEASE(
      """
      with freed as (update reservation set state = 'RELEASED' where id = ? and state = 'HELD' returning sku)
      update stock set reserved = reserved - 1 where sku in (select sku from freed)
      """) {
    @Override
    public Step next(Order order) {
      return REJECT;
    }
  },
  REJECT("update orders set status = 'REJECTED' where id = ? and status = 'PENDING'") {
    @Override
    public @Nullable Step next(Order order) {
      return null;
    }
  };

  private final String sql;

  Step(String sql) {
    this.sql = sql;
  }

  /** What follows; nothing after the last. */
  public abstract @Nullable Step next(Order order);

  /** Writes the step's rows in the caller's transaction. */
  public void run(Connection connection, Order order) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, order.id());
      if (this == RESERVE) {
        statement.setInt(2, order.sku());
      }
      statement.executeUpdate();
    }
  }
}
