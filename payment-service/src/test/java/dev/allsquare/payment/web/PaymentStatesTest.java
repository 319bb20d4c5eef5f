package dev.allsquare.payment.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Uuid7;
import dev.allsquare.payment.Bank;
import dev.allsquare.payment.Order;
import dev.allsquare.payment.WholeService;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Sagas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What order-service holds its orders against. */
@WholeService
class PaymentStatesTest {

  @Autowired private Rest rest;
  @Autowired private Bank bank;
  @Autowired private Sagas sagas;

  @Test
  void areListedInTheOrderOfTheOrders() {
    var alice = bank.customer("10.00 EUR");
    var orders = Order.twoHighestFirst();
    var higher = orders.getFirst();
    var lower = orders.getLast();
    orders.forEach(order -> sagas.poll(order.authorize(alice, "4.00 EUR")));
    sagas.poll(higher.release());

    var found = rest.get("/payment-states?after=" + lower.id() + "&limit=1").is(200).json();

    assertThat(found.path("items").path(0).toString())
        .isEqualTo(
            "{\"orderId\":\"%s\",\"state\":\"VOIDED\",\"amount\":{\"amount\":\"4.00\",\"currency\":\"EUR\"}}"
                .formatted(higher.id()));
    assertThat(found.path("items")).hasSize(1);
    assertThat(
            rest.get("/payment-states?after=" + Uuid7.floor(Uuid7.timeOf(lower.id())))
                .is(200)
                .body())
        .containsSubsequence(lower.id().toString(), higher.id().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?after=x", "?limit=3"})
  void needAnOrderToBeginAt(String query) {
    rest.get("/payment-states" + query).isProblem(400, "invalid-parameter");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1001})
  void areNeitherNoneNorTooMany(int limit) {
    rest.get("/payment-states?after=00000000-0000-7000-8000-000000000000&limit=" + limit)
        .isProblem(400, "invalid-value");
  }
}
