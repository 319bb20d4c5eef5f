package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WholeSystem.class)
class PlacingAnOrderTest {

  @Test
  void anOrderThatCanBePaidAndDeliveredIsConfirmed(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var cup = scene.product("8.00 EUR", 5);
    var alice = scene.customer("100.00 EUR");

    var order = alice.orders(tea.times(2), cup.times(1));

    order.becomes("CONFIRMED").paymentIs("CAPTURED").reservationIs("COMMITTED");
    alice.has("67.00 EUR");
    tea.hasSold(2);
    cup.hasSold(1);
  }

  @Test
  void theCustomerIsToldThePriceOfEveryLine(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var order = scene.customer("100.00 EUR").orders(tea.times(3)).becomes("CONFIRMED").now();

    assertThat(Amount.of(order.path("total"))).hasToString("37.50 EUR");
    assertThat(Amount.of(order.path("lines").path(0).path("unitPrice"))).hasToString("12.50 EUR");
    assertThat(order.path("lines").path(0).path("quantity").asInt()).isEqualTo(3);
  }

  @Test
  void whatIsNotOnTheShelfIsRefusedAndTheMoneyIsFreeAgain(Scene scene) {
    var plenty = scene.product("1.00 EUR", 10);
    var rare = scene.product("39.90 EUR", 3);
    var alice = scene.customer("1000.00 EUR");

    var order = alice.orders(plenty.times(1), rare.times(4));

    order.becomes("REJECTED", "OUT_OF_STOCK").reservationIs();
    alice.has("1000.00 EUR");
    plenty.hasSold(0);
    rare.hasSold(0);
  }

  @Test
  void whatCannotBePaidIsRefusedAndThePiecesAreFreeAgain(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var bob = scene.customer("12.49 EUR");

    var order = bob.orders(tea.times(1));

    order.becomes("REJECTED", "INSUFFICIENT_FUNDS").paymentIs("DECLINED");
    bob.has("12.49 EUR");
    tea.hasSold(0);
  }

  @Test
  void aCustomerWithoutAWalletCannotPay(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);

    scene.customer().orders(tea.times(1)).becomes("REJECTED", "INSUFFICIENT_FUNDS");

    tea.hasSold(0);
  }

  @Test
  void moneyOfAnotherCurrencyDoesNotPay(Scene scene) {
    var mat = scene.product("1200 JPY", 10);
    var alice = scene.customer("1000.00 EUR");

    alice.orders(mat.times(1)).becomes("REJECTED", "INSUFFICIENT_FUNDS");

    alice.has("1000.00 EUR");
    mat.hasSold(0);
  }

  @Test
  void anUnknownProductIsRefusedAndLeavesNoRow(Scene scene) {
    var alice = scene.customer("100.00 EUR");
    var rows = new RowCounts(scene);

    var answer = alice.asksFor(new Line(scene.unknownSku(), 1));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
    rows.areWhatTheyWere();
  }

  @Test
  void payingByCardIsNotOfferedYet(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var rows = new RowCounts(scene);
    var order =
        """
        {"customerId":"someone","lines":[%s],"payment":{"method":"card","token":"tok_visa"}}"""
            .formatted(tea.times(1).json());

    var answer = scene.api().placeOrder(order, Api.newKey());

    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
    rows.areWhatTheyWere();
  }

  @Test
  void theStatementTellsEveryMovement(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var alice = scene.customer("100.00 EUR");
    alice.orders(tea.times(2)).becomes("CONFIRMED").paymentIs("CAPTURED");

    var statement = scene.api().entries(alice.id(), "?limit=100");

    assertThat(statement.status()).as(statement.toString()).isEqualTo(200);
    assertThat(statement.json().path("items").size()).as(statement.toString()).isGreaterThan(2);
  }
}
