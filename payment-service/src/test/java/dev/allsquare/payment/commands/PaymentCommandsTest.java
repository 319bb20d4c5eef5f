package dev.allsquare.payment.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.message.Message;
import dev.allsquare.payment.Bank;
import dev.allsquare.payment.Order;
import dev.allsquare.payment.WholeService;
import dev.allsquare.testing.CountedStatements;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Sagas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@WholeService
class PaymentCommandsTest {

  @Autowired private Sagas sagas;
  @Autowired private Rest rest;
  @Autowired private Bank bank;
  @Autowired private CountedStatements statements;

  private final Order order = Order.next();

  @AfterEach
  void theBooksAreSquare() {
    bank.auditsClean();
  }

  @Test
  void throughKafkaAnAuthorizedPaymentIsCapturedAndRefunded() {
    var alice = bank.customer("10.00 EUR");
    assertThat(sagas.send(order.authorize(alice, "4.00 EUR"))).containsExactly("DONE");
    assertThat(bank.wallet(alice)).isEqualTo("6.00+4.00 EUR");
    assertThat(sagas.send(order.capture())).containsExactly("DONE");
    assertThat(bank.wallet(alice)).isEqualTo("6.00+0.00 EUR");
    assertThat(sagas.send(order.refund())).containsExactly("DONE");
    assertThat(bank.wallet(alice)).isEqualTo("10.00+0.00 EUR");

    assertThat(sagas.events(order.id(), 3))
        .containsExactly("1 AUTHORIZED", "2 CAPTURED", "3 REFUNDED");
    assertThat(bank.payment(order.id()).path("state").asString()).isEqualTo("REFUNDED");
    assertThat(bank.entries(order.id()))
        .containsExactly(
            "HOLD AVAILABLE -4.00",
            "HOLD HELD 4.00",
            "CAPTURE HELD -4.00",
            "CAPTURE MERCHANT 4.00",
            "REFUND MERCHANT -4.00",
            "REFUND AVAILABLE 4.00");
  }

  @Test
  void aVoidedPaymentIsAvailableAgain() {
    var alice = bank.customer("10.00 EUR");
    assertThat(sagas.poll(order.authorize(alice, "4.00 EUR"))).containsExactly("DONE");
    assertThat(sagas.poll(order.release())).containsExactly("DONE");
    assertThat(bank.wallet(alice)).isEqualTo("10.00+0.00 EUR");
    assertThat(sagas.events(order.id(), 2)).containsExactly("1 AUTHORIZED", "2 VOIDED");
  }

  @Test
  void tooLittleMoneyIsRefusedAndToldAsDeclined() {
    var bob = bank.customer("5.00 EUR");
    assertThat(sagas.poll(order.authorize(bob, "5.01 EUR")))
        .containsExactly("REFUSED INSUFFICIENT_FUNDS");
    assertThat(bank.payment(order.id()).path("state").asString()).isEqualTo("DECLINED");
    assertThat(bank.entries(order.id())).isEmpty();
    assertThat(bank.wallet(bob)).isEqualTo("5.00+0.00 EUR");
    assertThat(sagas.events(order.id(), 1)).containsExactly("1 DECLINED");
  }

  @Test
  void aCustomerWithoutAWalletAndOneOfAnotherCurrencyAreRefusedLikewise() {
    var alice = bank.customer("1000 JPY");
    var other = Order.next();
    assertThat(
            sagas.poll(order.authorize("nobody", "1.00 EUR"), other.authorize(alice, "1.00 EUR")))
        .containsOnly("REFUSED INSUFFICIENT_FUNDS");
    assertThat(bank.payment(order.id()).path("state").asString()).isEqualTo("DECLINED");
    assertThat(sagas.poll(order.again().capture(), order.again().refund()))
        .containsOnly("REFUSED PAYMENT_DECLINED");
  }

  @ParameterizedTest
  @CsvSource({
    "10.00 EUR, 0.01 EUR, 9.99+0.01 EUR",
    "1200 JPY, 1 JPY, 1199+1 JPY",
    "1.000 KWD, 0.001 KWD, 0.999+0.001 KWD"
  })
  void everyCurrencyIsHeldInItsOwnDigits(String has, String price, String then) {
    var alice = bank.customer(has);
    assertThat(sagas.poll(order.authorize(alice, price))).containsExactly("DONE");
    assertThat(bank.wallet(alice)).isEqualTo(then);
  }

  @Test
  void severalCommandsForOneWalletInOnePollAreDecidedInTheirOrder() {
    var alice = bank.customer("10.00 EUR");
    var second = Order.next();
    var third = Order.next();
    assertThat(
            sagas.poll(
                order.authorize(alice, "6.00 EUR"),
                second.authorize(alice, "6.00 EUR"),
                third.authorize(alice, "4.00 EUR"),
                order.capture(),
                third.release()))
        .containsExactly("DONE", "REFUSED INSUFFICIENT_FUNDS", "DONE", "DONE", "DONE");
    assertThat(bank.wallet(alice)).isEqualTo("4.00+0.00 EUR");
    assertThat(sagas.events(order.id(), 2)).containsExactly("1 AUTHORIZED", "2 CAPTURED");
    assertThat(sagas.events(third.id(), 2)).containsExactly("1 AUTHORIZED", "2 VOIDED");
  }

  @Test
  void aDuplicateIsAnsweredAgainAndMovesNothing() {
    var alice = bank.customer("10.00 EUR");
    var command = order.authorize(alice, "4.00 EUR");
    assertThat(sagas.poll(command, command)).containsExactly("DONE", "DONE");
    assertThat(sagas.poll(command)).containsExactly("DONE");
    assertThat(bank.wallet(alice)).isEqualTo("6.00+4.00 EUR");
  }

  @Test
  void aSecondSagaForTheSameOrderMovesNothing() {
    var alice = bank.customer("10.00 EUR");
    sagas.poll(order.authorize(alice, "4.00 EUR"));
    assertThat(sagas.poll(order.again().authorize(alice, "4.00 EUR"))).containsExactly("DONE");
    assertThat(sagas.poll(order.again().authorize(alice, "5.00 EUR")))
        .containsExactly("REFUSED PAYMENT_AUTHORIZED");
    assertThat(bank.wallet(alice)).isEqualTo("6.00+4.00 EUR");
  }

  @Test
  void twoSagasThatAuthorizeOneOrderAtOnceHoldItsAmountOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      var alice = bank.customer("10.00 EUR");
      var one = Order.next();
      var commands =
          List.of(one.authorize(alice, "4.00 EUR"), one.again().authorize(alice, "4.00 EUR"));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var polls = commands.stream().map(command -> polled(command)).toList();
        for (var done : threads.invokeAll(polls)) {
          done.get();
        }
      }
      assertThat(sagas.replies(commands)).containsOnly("DONE");
      assertThat(bank.wallet(alice)).isEqualTo("6.00+4.00 EUR");
    }
  }

  private Callable<Object> polled(Message command) {
    return Executors.callable(() -> sagas.handle(List.of(command)));
  }

  @Test
  void aVoidThatComesBeforeItsAuthorizationWins() {
    var alice = bank.customer("10.00 EUR");
    assertThat(sagas.poll(order.release())).containsExactly("DONE");
    assertThat(sagas.poll(order.authorize(alice, "4.00 EUR")))
        .containsExactly("REFUSED COMPENSATED");
    assertThat(bank.wallet(alice)).isEqualTo("10.00+0.00 EUR");
    assertThat(rest.get("/payments?orderId=" + order.id()).status()).isEqualTo(404);
  }

  @Test
  void whatIsNotInAStateForItIsRefused() {
    var alice = bank.customer("10.00 EUR");
    assertThat(sagas.poll(order.capture())).containsExactly("REFUSED PAYMENT_UNKNOWN");
    sagas.poll(order.authorize(alice, "4.00 EUR"));
    assertThat(sagas.poll(order.refund())).containsExactly("REFUSED PAYMENT_AUTHORIZED");
    sagas.poll(order.release());
    assertThat(sagas.poll(order.again().capture())).containsExactly("REFUSED PAYMENT_VOIDED");
    assertThat(bank.wallet(alice)).isEqualTo("10.00+0.00 EUR");
  }

  @Test
  void whatCanNotBeReadFailsAloneAndTheRestGoesThrough() {
    var alice = bank.customer("10.00 EUR");
    var bad = Order.next();
    var body =
        Map.of(
            "orderId", bad.id(),
            "customerId", alice,
            "amount", Map.of("amount", "4.0", "currency", "EUR"));
    var negative =
        Map.of(
            "orderId", bad.id(),
            "customerId", alice,
            "amount", Map.of("amount", "-4.00", "currency", "EUR"));
    var replies =
        sagas.poll(
            bad.authorize(body),
            order.authorize(alice, "4.00 EUR"),
            bad.again().authorize(negative));
    assertThat(replies.get(0)).startsWith("FAILED");
    assertThat(replies.get(1)).isEqualTo("DONE");
    assertThat(replies.get(2)).startsWith("FAILED");
    assertThat(bank.wallet(alice)).isEqualTo("6.00+4.00 EUR");
  }

  @Test
  void aPollTakesTheSameRoundTripsHoweverManyCommandsItHas() {
    var customers = new ArrayList<String>();
    for (int i = 0; i < 10; i++) {
      customers.add(bank.customer("100.00 EUR"));
    }
    var one = roundTripsOf(authorizations(customers, 1));
    assertThat(one).hasSize(10).last().isEqualTo("commit");
    assertThat(roundTripsOf(authorizations(customers, 100))).isEqualTo(one);
  }

  private static List<Message> authorizations(List<String> customers, int count) {
    var batch = new ArrayList<Message>();
    for (int i = 0; i < count; i++) {
      batch.add(Order.next().authorize(customers.get(i % customers.size()), "1.00 EUR"));
    }
    return batch;
  }

  /**
   * Payments and wallets are read, payments, ledger entries and wallets written, between what the
   * inbox, the barrier and the outbox do.
   */
  private List<String> roundTripsOf(List<Message> batch) {
    statements.start();
    sagas.handle(batch);
    return statements.ofThisThread();
  }

  @Test
  void concurrentDepositsAndCommandsNeitherDeadlockNorLoseAnything() throws Exception {
    var customers = List.of(bank.customer("100.00 EUR"), bank.customer("100.00 EUR"));
    var work = new ArrayList<Callable<Void>>();
    for (int i = 0; i < 10; i++) {
      var batch = new ArrayList<Message>();
      for (var customer : i % 2 == 0 ? customers : customers.reversed()) {
        batch.add(Order.next().authorize(customer, "1.00 EUR"));
      }
      work.add(
          () -> {
            sagas.handle(batch);
            return null;
          });
      customers.forEach(
          customer ->
              work.add(
                  () -> {
                    bank.deposit(customer, "1.00 EUR").is(201);
                    return null;
                  }));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
    assertThat(customers.stream().map(bank::wallet)).containsOnly("100.00+10.00 EUR");
  }

  @Test
  void afterARandomRunTheBooksAreSquare() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var customers = List.of(bank.customer("20.00 EUR"), bank.customer("20.00 EUR", "500 JPY"));
    var orders = new ArrayList<Order>();
    for (int round = 0; round < 20; round++) {
      var batch = new ArrayList<Message>();
      for (int i = 0; i < 25; i++) {
        batch.add(randomCommand(random, orders, customers));
      }
      sagas.handle(batch);
      if (round % 5 == 0) {
        bank.deposit(customers.get(random.nextInt(2)), "3.00 EUR").is(201);
      }
      assertThat(rest.actuator("consistency").path("consistent").asBoolean())
          .as("seed " + seed + ", round " + round)
          .isTrue();
    }
  }

  private static Message randomCommand(Random random, List<Order> orders, List<String> customers) {
    if (orders.isEmpty() || random.nextInt(3) == 0) {
      var order = Order.next();
      orders.add(order);
      var amount =
          random.nextInt(5) == 0
              ? random.nextInt(90) + " JPY"
              : "1.%02d EUR".formatted(random.nextInt(100));
      return order.authorize(customers.get(random.nextInt(2)), amount);
    }
    var order = orders.get(random.nextInt(orders.size()));
    var by = random.nextInt(4) == 0 ? order.again() : order;
    return switch (random.nextInt(4)) {
      case 0, 1 -> by.capture();
      case 2 -> by.release();
      default -> by.refund();
    };
  }

  @Test
  void aBodyThatLacksItsOrderFails() {
    assertThat(sagas.poll(order.authorize(Map.of("customerId", "alice"))).getFirst())
        .startsWith("FAILED");
    assertThat(AuthorizePayment.TYPE).isEqualTo("payment.authorize.v1");
  }
}
