package dev.allsquare.payment.domain;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.payment.Bank;
import dev.allsquare.payment.Order;
import dev.allsquare.payment.WholeService;
import dev.allsquare.testing.Contention;
import dev.allsquare.testing.Sagas;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** What the database itself guards. */
@WholeService
class RowsTest {

  @Autowired private Bank bank;
  @Autowired private Sagas sagas;
  @Autowired private Wallets wallets;
  @Autowired private Payments payments;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private PlatformTransactionManager transactions;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update wallet set available = -1                              | wallet_available_check",
        "update wallet set held = -1                                   | wallet_held_check",
        "update wallet set available = 9223372036854775807, held = 1   | what_is_held_can_come_back",
        "update payment set minor = -1                                 | payment_minor_check",
        "update payment set state = 'LOST'                             | payment_state_check",
        "insert into payment select gen_random_uuid(), order_id, customer_id, currency, minor, state, changes, created_at, updated_at, version from payment | one_payment_per_order",
        "insert into ledger_entry values (gen_random_uuid(), gen_random_uuid(), 'DEPOSIT', 'HELD', null, 'EUR', 1, null, now()) | customers_have_accounts_of_their_own",
        "insert into ledger_entry values (gen_random_uuid(), gen_random_uuid(), 'THEFT', 'HELD', 'a', 'EUR', 1, null, now()) | ledger_entry_movement_check",
        "insert into ledger_entry values (gen_random_uuid(), gen_random_uuid(), 'HOLD', 'POCKET', null, 'EUR', 1, null, now()) | ledger_entry_account_check",
        "delete from ledger_entry                                      | never changed",
        "truncate ledger_entry                                         | never changed"
      })
  void whatMustNotBeIsRefused(String sql, String why) {
    sagas.poll(Order.next().authorize(bank.customer("2.00 EUR"), "1.00 EUR"));

    assertThatThrownBy(() -> jdbc.update(sql)).hasMessageContaining(why);
  }

  @Test
  void walletsAreLockedInTheOrderOfTheirIds() {
    var customers = Stream.of("h", "g", "f", "e", "d", "c", "b", "a").map(this::depositor).toList();
    var ids = customers.stream().map(customer -> new WalletId(customer, "EUR")).toList();

    new Contention(transactions, jdbc)
        .locksInOrder("wallet", "customer_id", customers, () -> wallets.locked(ids));
  }

  private String depositor(String name) {
    var customer = name + "-" + UUID.randomUUID();
    bank.deposit(customer, "1.00 EUR").is(201);
    return customer;
  }

  @Test
  void aWalletThatTwoOpenAtOnceIsOne() {
    var id = new WalletId("twice-" + UUID.randomUUID(), "EUR");
    Runnable open = () -> wallets.lockedOrOpened(id, Instant.now());

    new Contention(transactions, jdbc).check(open, open, () -> {});
  }

  @Test
  void paymentsAreLockedInTheOrderOfTheirOrders() {
    var alice = bank.customer("2.00 EUR");
    var highestFirst = Order.twoHighestFirst();
    highestFirst.forEach(order -> sagas.poll(order.authorize(alice, "1.00 EUR")));
    var ids = highestFirst.stream().map(Order::id).toList();

    new Contention(transactions, jdbc)
        .locksInOrder("payment", "order_id", ids, () -> payments.locked(ids));
  }
}
