package dev.allsquare.e2e;

import static dev.allsquare.e2e.Service.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("anywhere")
@ExtendWith(WholeSystem.class)
class FollowingAnOrderTest {

  @Test
  void theReplicaThatDidNotTakeTheOrderTellsEveryChangeAndEndsTheStream(Scene scene) {
    var tea = scene.product("1.00 EUR", 10);
    var alice = scene.customer("10.00 EUR");
    scene.faults().pause(PAYMENT);
    var order = alice.orders(tea.times(1));
    var stream = EventStream.open(scene.api(1).eventsOf(order.id()));
    tells(order, stream, "PENDING");

    scene.faults().resume(PAYMENT);

    tells(order, stream, "PENDING", "CONFIRMED");
    assertThat(stream.events())
        .extracting(EventStream.Event::id)
        .as("ids are versions and ascend")
        .isSorted()
        .doesNotHaveDuplicates();
    Eventually.holds(Eventually.SOON, order::report, () -> assertThat(stream.hasEnded()).isTrue());
  }

  @Test
  void aStreamResumesAfterTheLastEventItsReaderSaw(Scene scene) {
    var order = order(scene).becomes("CONFIRMED");
    var whole = EventStream.open(scene.api(0).eventsOf(order.id()));
    tells(order, whole, "PENDING", "CONFIRMED");
    var first = whole.events().getFirst().id();

    var rest = EventStream.open(scene.api(1).eventsOf(order.id()), "Last-Event-ID", first);

    tells(order, rest, "CONFIRMED");
  }

  @Test
  void whoHasSeenTheEndIsToldNotToComeBack(Scene scene) {
    var order = order(scene).becomes("CONFIRMED");
    var whole = EventStream.open(scene.api().eventsOf(order.id()));
    tells(order, whole, "PENDING", "CONFIRMED");
    var last = whole.events().getLast().id();

    var again = EventStream.open(scene.api().eventsOf(order.id()), "Last-Event-ID", last);

    assertThat(again.status()).isEqualTo(204);
  }

  @Test
  void whoPrefersToWaitIsToldTheEnd(Scene scene) {
    var tea = scene.product("1.00 EUR", 10);
    var alice = scene.customer("10.00 EUR");

    var answer =
        scene.api().placeOrder(alice.order(tea.times(1)), Api.newKey(), "Prefer", "wait=20");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    assertThat(answer.json().path("status").asString()).isEqualTo("CONFIRMED");
    assertThat(answer.header("Preference-Applied")).startsWith("wait=");
    assertThat(answer.header("Location"))
        .endsWith("/orders/" + answer.json().path("id").asString());
  }

  @Test
  void whoHasWaitedLongEnoughIsToldItIsStillPending(Scene scene) {
    var tea = scene.product("1.00 EUR", 10);
    var alice = scene.customer("10.00 EUR");
    scene.faults().pause(PAYMENT);
    long begun = System.nanoTime();

    var answer =
        scene.api().placeOrder(alice.order(tea.times(1)), Api.newKey(), "Prefer", "wait=1");

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    assertThat(answer.json().path("status").asString()).isEqualTo("PENDING");
    scene.faults().resume(PAYMENT);
    new PlacedOrder(scene, answer.json().path("id").asString()).becomes("CONFIRMED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=soon", "wait=-1", "wait", "respond-async", "wait=1e309", ";;;"})
  void aPreferenceThatMakesNoSenseIsIgnored(String preference, Scene scene) {
    var tea = scene.product("1.00 EUR", 10);
    var alice = scene.customer("10.00 EUR");

    var answer =
        scene.api().placeOrder(alice.order(tea.times(1)), Api.newKey(), "Prefer", preference);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    new PlacedOrder(scene, answer.json().path("id").asString()).becomes("CONFIRMED");
  }

  @Test
  void anUnchangedOrderIsNotSentAgain(Scene scene) {
    var order = order(scene).becomes("CONFIRMED");
    var tag = scene.api().order(order.id()).header("ETag");

    var answer = scene.api(1).order(order.id(), "If-None-Match", tag);

    assertThat(tag).isNotEmpty();
    assertThat(answer.status()).isEqualTo(304);
  }

  @Test
  void theCustomersOrdersAreListedPageByPageNewestFirst(Scene scene) {
    var tea = scene.product("1.00 EUR", 100);
    var alice = scene.customer("100.00 EUR");
    var first = alice.orders(tea.times(1)).becomes("CONFIRMED");
    var second = alice.orders(tea.times(2)).becomes("CONFIRMED");
    var third = alice.orders(tea.times(3)).becomes("CONFIRMED");

    var page = scene.api().ordersOf(alice.id(), "&limit=2").json();
    var next = page.path("next").asString();
    var rest = scene.api(1).ordersOf(alice.id(), "&limit=2&after=" + next).json();

    assertThat(page.path("items").valueStream().map(each -> each.path("id").asString()))
        .containsExactly(third.id(), second.id());
    assertThat(rest.path("items").valueStream().map(each -> each.path("id").asString()))
        .containsExactly(first.id());
    assertThat(rest.path("next").isMissingNode() || rest.path("next").isNull()).isTrue();
  }

  private static PlacedOrder order(Scene scene) {
    return scene.customer("10.00 EUR").orders(scene.product("1.00 EUR", 10).times(1));
  }

  private static void tells(PlacedOrder order, EventStream stream, String... statuses) {
    Eventually.holds(
        Eventually.SOON,
        () -> order.report() + "\nevents " + stream.events(),
        () ->
            assertThat(stream.events())
                .extracting(EventStream.Event::status)
                .containsExactly(statuses));
  }
}
