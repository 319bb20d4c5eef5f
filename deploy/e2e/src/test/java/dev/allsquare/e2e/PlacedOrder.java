package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An order that was accepted. */
record PlacedOrder(Scene scene, String id) {

  private static final Set<String> ENDS = Set.of("CONFIRMED", "REJECTED", "CANCELLED");

  JsonNode now() {
    return scene.api().order(id).json();
  }

  String status() {
    return now().path("status").asString();
  }

  PlacedOrder becomes(String status) {
    return becomes(status, null);
  }

  /** Waits for a status, and for the reason that goes with it. */
  PlacedOrder becomes(String status, @Nullable String reason) {
    Eventually.holds(Eventually.SOON, this::report, () -> is(status, reason));
    return this;
  }

  PlacedOrder ends() {
    return ends(Eventually.SOON);
  }

  PlacedOrder ends(Duration within) {
    Eventually.holds(within, this::report, () -> assertThat(ENDS).contains(status()));
    return this;
  }

  void is(String status, @Nullable String reason) {
    var order = now();
    assertThat(order.path("status").asString()).as("status of %s", order).isEqualTo(status);
    assertThat(order.path("reason").asString(null)).as("reason of %s", order).isEqualTo(reason);
  }

  /** Waits until the order's saga has sent this step's command and awaits its reply. */
  PlacedOrder awaits(String... steps) {
    Eventually.holds(
        Eventually.SOON,
        this::report,
        () -> assertThat(scene.sagas().waitingFor(id)).containsExactlyInAnyOrder(steps));
    return this;
  }

  /** Waits until the order's saga is parked, because of this step. */
  PlacedOrder parks(String step) {
    Eventually.holds(
        Eventually.SOON,
        this::report,
        () -> {
          var saga = scene.sagas().of(id).getFirst();
          assertThat(saga.path("state").asString()).isEqualTo("PARKED");
          assertThat(saga.path("parked").asString()).contains(step);
        });
    return this;
  }

  /** Waits until the order's saga has been turned round, for this reason. */
  PlacedOrder turnsRound(String reason) {
    Eventually.holds(
        Eventually.SOON,
        this::report,
        () -> {
          var saga = scene.sagas().of(id).getFirst();
          assertThat(saga.path("state").asString()).isEqualTo("COMPENSATING");
          assertThat(saga.path("reason").asString(null)).isEqualTo(reason);
        });
    return this;
  }

  void cancel() {
    var answer = scene.api().cancel(id);
    assertThat(answer.status()).as("cancellation: %s", answer).isEqualTo(202);
  }

  /** What became of its money; nothing when there never was a payment. */
  PlacedOrder paymentIs(String... state) {
    Eventually.holds(
        Eventually.SOON,
        this::report,
        () -> assertThat(states(scene.api().paymentsOf(id))).containsExactly(state));
    return this;
  }

  /** What became of its pieces; nothing when none was ever held. */
  PlacedOrder reservationIs(String... state) {
    Eventually.holds(
        Eventually.SOON,
        this::report,
        () -> assertThat(states(scene.api().reservationsOf(id))).containsExactly(state));
    return this;
  }

  /** The order, its sagas and the books, for whoever has to find out what went wrong. */
  String report() {
    return "order " + now() + "\nsagas " + scene.sagas().timelines(id) + scene.books().report();
  }

  private static List<String> states(Answer answer) {
    var json = answer.json();
    var found = json.has("items") ? json.path("items") : json;
    return (found.isArray() ? found.valueStream() : Stream.of(found))
        .map(each -> each.path("state").asString(null))
        .filter(Objects::nonNull)
        .toList();
  }
}
