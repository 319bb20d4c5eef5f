package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WholeSystem.class)
class RacesTest {

  @RepeatedTest(5)
  void twoOrdersRaceForTheLastPieceAndExactlyOneGetsIt(Scene scene) {
    var pot = scene.product("39.90 EUR", 1);
    var buyers = List.of(scene.customer("100.00 EUR"), scene.customer("100.00 EUR"));

    var answers =
        Parallel.each(
            2,
            i ->
                scene
                    .api(i)
                    .placeOrder(
                        buyers.get(i).order(pot.times(1)), Api.newKey(), "Prefer", "wait=20"));

    assertThat(answers)
        .extracting(answer -> answer.json().path("status").asString())
        .containsExactlyInAnyOrder("CONFIRMED", "REJECTED");
    assertThat(answers)
        .filteredOn(answer -> answer.json().path("status").asString().equals("REJECTED"))
        .extracting(answer -> answer.json().path("reason").asString())
        .containsExactly("OUT_OF_STOCK");
    pot.hasSold(1);
  }

  @Test
  void twoHundredOrdersWithReversedLinesOnTwoSkusNeverDeadlock(Scene scene) {
    var tea = scene.product("1.00 EUR", 1_000);
    var cup = scene.product("2.00 EUR", 1_000);
    var alice = scene.customer("1000.00 EUR");
    var forth = alice.order(tea.times(1), cup.times(2));
    var back = alice.order(cup.times(2), tea.times(1));
    alice.orders(tea.times(1), cup.times(2)).becomes("CONFIRMED");

    var answers =
        Parallel.each(
            199,
            i ->
                scene
                    .api(i)
                    .placeOrder(i % 2 == 0 ? forth : back, Api.newKey(), "Prefer", "wait=30"));

    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.json().path("status").asString())
                    .as(answer.toString())
                    .isEqualTo("CONFIRMED"));
    tea.hasSold(200);
    cup.hasSold(400);
    alice.has("0.00 EUR");
  }

  @Test
  void theSameIdempotencyKeyFiftyTimesInParallelMakesOneOrder(Scene scene) {
    var tea = scene.product("1.00 EUR", 100);
    var alice = scene.customer("100.00 EUR");
    var order = alice.order(tea.times(1));
    var key = Api.newKey();

    var answers = Parallel.each(50, i -> scene.api(i).placeOrder(order, key));

    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(answer.status()).as(answer.toString()).isIn(200, 201, 202, 409));
    assertThat(answers.stream().filter(Answer::isSuccess).map(RacesTest::id).distinct())
        .as("orders made by one key")
        .hasSize(1);
    new PlacedOrder(scene, id(answers.stream().filter(Answer::isSuccess).findFirst().orElseThrow()))
        .becomes("CONFIRMED");
    assertThat(scene.api().ordersOf(alice.id(), "").json().path("items").size()).isEqualTo(1);
    tea.hasSold(1);
    alice.has("99.00 EUR");
  }

  @Test
  void theSameKeyForAnotherOrderIsRefused(Scene scene) {
    var tea = scene.product("1.00 EUR", 100);
    var alice = scene.customer("100.00 EUR");
    var key = Api.newKey();
    Scene.accepted(scene.api().placeOrder(alice.order(tea.times(1)), key));

    var answer = scene.api().placeOrder(alice.order(tea.times(2)), key);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
    tea.hasSold(1);
  }

  @Test
  void depositsWithTheSameKeyAreOneDeposit(Scene scene) {
    var alice = scene.customer();
    var key = Api.newKey();

    var answers =
        Parallel.each(20, i -> scene.api(i).deposit(alice.id(), Amount.of("5.00 EUR").json(), key));

    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.status()).isIn(200, 201, 409))
        .anySatisfy(answer -> assertThat(answer.isSuccess()).isTrue());
    alice.has("5.00 EUR");
  }

  @Test
  void walletsAreNeverOverdrawnByOrdersInParallel(Scene scene) {
    var tea = scene.product("1.00 EUR", 100);
    var bob = scene.customer("10.00 EUR");

    var statuses =
        Parallel.each(
            30,
            i ->
                scene
                    .api(i)
                    .placeOrder(bob.order(tea.times(1)), Api.newKey(), "Prefer", "wait=30")
                    .json()
                    .path("status")
                    .asString());

    assertThat(statuses).filteredOn("CONFIRMED"::equals).hasSize(10);
    assertThat(statuses).filteredOn("REJECTED"::equals).hasSize(20);
    bob.has("0.00 EUR");
    tea.hasSold(10);
  }

  private static String id(Answer answer) {
    return answer.json().path("id").asString();
  }
}
