package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A customer of one scenario. */
record Customer(Scene scene, String id) {

  /** Places an order that must be accepted. */
  PlacedOrder orders(Line... lines) {
    var answer = asksFor(lines);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    return new PlacedOrder(scene, answer.json().path("id").asString());
  }

  /** Places an order, whatever comes of it. */
  Answer asksFor(Line... lines) {
    return scene.api().placeOrder(order(lines), Api.newKey());
  }

  String order(Line... lines) {
    return Line.order(id, List.of(lines));
  }

  /** This much can be spent, and nothing is held. */
  void has(String available) {
    has(available, Amount.of(available).zero().toString());
  }

  void has(String available, String held) {
    Eventually.holds(
        Eventually.SOON,
        () -> scene.books().report(),
        () -> {
          var wallet = scene.api().wallet(id).json();
          var balance = new Balance(available, held);
          assertThat(wallet.path("balances").valueStream().map(Balance::of).toList())
              .as("wallet of %s: %s", id, wallet)
              .contains(balance);
        });
  }

  private record Balance(String available, String held) {
    static Balance of(JsonNode json) {
      return new Balance(
          Amount.of(json.path("available")).toString(), Amount.of(json.path("held")).toString());
    }
  }
}
