package dev.allsquare.payment.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.payment.Bank;
import dev.allsquare.payment.Order;
import dev.allsquare.payment.WholeService;
import dev.allsquare.testing.Sagas;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever is out of square is named; each is tried in a transaction that is rolled back. */
@WholeService
class ConsistencyTest {

  @Autowired private Bank bank;
  @Autowired private Sagas sagas;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private ConsistencyEndpoint endpoint;
  @Autowired private TransactionTemplate transaction;

  @Test
  void aWalletThatHasMoreThanItsLedgerIsNamed() {
    var alice = bank.customer("1.00 EUR");
    assertThat(violationsAfter("update wallet set available = 101 where customer_id = ?", alice))
        .containsExactly("a wallet has what its ledger accounts say " + alice + " EUR");
  }

  @Test
  void aMovementWithOneSideIsNamedAndTheCurrencyToo() {
    var alice = bank.customer("1.00 EUR");
    assertThat(
            violationsAfter(
                """
                insert into ledger_entry
                  (id, movement_id, movement, account, customer_id, currency, minor, at)
                values (uuidv7(), uuidv7(), 'DEPOSIT', 'AVAILABLE',
                  ?, 'EUR', 1, now())
                """,
                alice))
        .anyMatch(it -> it.equals("the ledger sums to zero EUR"))
        .anyMatch(it -> it.startsWith("a movement has two sides"))
        .anyMatch(it -> it.endsWith(alice + " EUR"));
  }

  @Test
  void aPaymentThatMovedOtherMoneyThanItSaysIsNamed() {
    var alice = bank.customer("1.00 EUR");
    var order = Order.next();
    sagas.poll(order.authorize(alice, "1.00 EUR"));
    var id = bank.payment(order.id()).path("id").asString();
    assertThat(
            violationsAfter("update payment set state = 'CAPTURED' where order_id = ?", order.id()))
        .containsExactlyInAnyOrder(
            "a wallet holds what its authorized payments need " + alice + " EUR",
            "a payment has moved what its state says " + id);
  }

  private List<String> violationsAfter(String tampering, Object subject) {
    var found =
        transaction.execute(
            status -> {
              status.setRollbackOnly();
              jdbc.update(tampering, subject);
              return endpoint.check().violations();
            });
    return Objects.requireNonNull(found).stream()
        .map(violation -> violation.rule() + " " + violation.subject())
        .toList();
  }
}
