package dev.allsquare.inventory.domain;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.contract.inventory.Line;
import dev.allsquare.inventory.InventoryTest;
import dev.allsquare.inventory.Order;
import dev.allsquare.inventory.Warehouse;
import dev.allsquare.testing.Contention;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Sagas;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** What the database itself guards. */
@InventoryTest
class RowsTest {

  @Autowired private Rest rest;
  @Autowired private Warehouse warehouse;
  @Autowired private Sagas sagas;
  @Autowired private Stocks stocks;
  @Autowired private Reservations reservations;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private PlatformTransactionManager transactions;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update stock set reserved = on_hand + 1                 | nothing_is_oversold",
        "update stock set reserved = -1                          | stock_reserved_check",
        "update stock set on_hand = -1, reserved = -1            | _check",
        "update product set price_minor = 0                      | product_price_minor_check",
        "update adjustment set quantity = 0                      | adjustment_quantity_check",
        "update reservation set state = 'LOST'                   | reservation_state_check",
        "insert into reservation select * from reservation       | reservation_pkey",
        "insert into stock values ('NOBODY-KNOWS-IT', 0, 0, 0)   | stock_sku_fkey"
      })
  void whatMustNotBeIsRefused(String sql, String why) {
    sagas.poll(Order.next().reserve(new Line(warehouse.product(1), 1)));

    assertThatThrownBy(() -> jdbc.update(sql)).hasMessageContaining(why);
  }

  @Test
  void shelvesAreLockedInTheOrderOfTheirSkus() {
    var skus = List.of("B-" + UUID.randomUUID(), "A-" + UUID.randomUUID());
    skus.forEach(
        sku -> rest.put("/products/" + sku, Warehouse.product("tea", "1.00", "EUR")).is(201));

    new Contention(transactions, jdbc)
        .locksInOrder("stock", "sku", skus, () -> stocks.locked(skus));
  }

  @Test
  void reservationsAreLockedInTheOrderOfTheirOrders() {
    var tea = warehouse.product(2);
    var highestFirst = Order.twoHighestFirst();
    highestFirst.forEach(order -> sagas.poll(order.reserve(new Line(tea, 1))));
    var ids = highestFirst.stream().map(Order::id).toList();

    new Contention(transactions, jdbc)
        .locksInOrder("reservation", "order_id", ids, () -> reservations.locked(ids));
  }
}
