package dev.allsquare.benchmarks.kit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables behind the steps, and what has to hold once every saga has ended. */
final class Shop {

  private static final String TABLES =
      """
      create table orders (id uuid primary key, status text not null, lines text not null) with (fillfactor = 80);
      create table stock (sku int primary key, reserved int not null) with (fillfactor = 80);
      create table reservation (id uuid primary key, sku int not null, state text not null) with (fillfactor = 80);
      create table payment (id uuid primary key, state text not null) with (fillfactor = 80);
      create table ledger (seq bigint generated always as identity primary key, payment uuid not null, account text not null, minor bigint not null);
      """;

  /** Each counts what must not be. */
  private static final Map<String, String> BOOKS =
      Map.of(
          "orders without an end",
          "select count(*) from orders where status = 'PENDING'",
          "confirmed orders that were not paid and reserved once",
          """
          select count(*) from orders o left join payment p using (id) left join reservation r using (id)
          where (o.status = 'CONFIRMED') <> (p.state is not distinct from 'CAPTURED' and r.state is not distinct from 'COMMITTED')
          """,
          "rejected orders that were not undone",
          """
          select count(*) from orders o left join payment p using (id) left join reservation r using (id)
          where o.status = 'REJECTED' and (p.id is not null or r.state is distinct from 'RELEASED')
          """,
          "the ledger's sum",
          "select abs(coalesce(sum(minor), 0)) from ledger",
          "payments without exactly two ledger lines",
          "select abs((select count(*) from ledger) - 2 * (select count(*) from payment))",
          "pieces of stock that nobody has",
          "select abs((select sum(reserved) from stock) - (select count(*) from reservation where state <> 'RELEASED'))");

  private Shop() {}

  static void create(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(TABLES);
      statement.execute(
          "insert into stock select g, 0 from generate_series(0, " + (Order.SKUS - 1) + ") g");
    }
  }

  static List<String> complaints(Connection connection, long placed) throws SQLException {
    var complaints = new ArrayList<String>();
    for (var check : BOOKS.entrySet()) {
      long wrong = Sql.number(connection, check.getValue());
      if (wrong != 0) {
        complaints.add(check.getKey() + ": " + wrong);
      }
    }
    long orders = Sql.number(connection, "select count(*) from orders");
    if (orders != placed) {
      complaints.add(placed + " orders were started, and " + orders + " are there");
    }
    return complaints;
  }
}
