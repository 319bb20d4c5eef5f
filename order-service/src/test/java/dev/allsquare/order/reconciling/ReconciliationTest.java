package dev.allsquare.order.reconciling;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Uuid7;
import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.order.StubRecords;
import dev.allsquare.testing.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders that the participants remember otherwise are named, and no others. */
@OrderServiceTest
class ReconciliationTest {

  private static final String ACROSS = "consistency/participants";

  @Autowired private OrderClient client;
  @Autowired private JdbcClient jdbc;

  @AfterEach
  void nothingGoesWrongAnyLonger() {
    StubRecords.PAYMENTS.broken(false);
    StubRecords.PAYMENTS.meanwhile(() -> {});
  }

  @Test
  void anOrderThatAgreesIsNotNamed() {
    assertThat(violations("")).doesNotContainKey(settled("rae"));
  }

  @Test
  void anOrderWhosePaymentIsLostIsNamed() {
    var id = settled("ray");
    StubRecords.PAYMENTS.forget(id);

    assertThat(violations("")).containsEntry(id, "CONFIRMED payment: none, reservation: COMMITTED");
  }

  @Test
  void anOrderThatOnlyTheParticipantsKnowIsNamed() {
    var id = Uuid7.next(Instant.now());
    StubRecords.PAYMENTS.keep(id, "CAPTURED", "12.50");

    assertThat(violations(""))
        .containsEntry(
            id, "null it is not known here; payment: CAPTURED of 12.50 EUR, reservation: none");
    StubRecords.PAYMENTS.forget(id);
  }

  @Test
  void anOrderThatMovedOnWhileItWasCheckedIsNotNamed() {
    var id = settled("rex");
    StubRecords.PAYMENTS.forget(id);
    StubRecords.PAYMENTS.meanwhile(
        () -> jdbc.sql("update orders set version = version + 1 where id = ?").param(id).update());

    assertThat(violations("")).doesNotContainKey(id);
  }

  @Test
  void ordersOlderThanAskedForAreLeftOut() {
    var id = Uuid7.next(Instant.now().minus(Duration.ofDays(5)));
    StubRecords.RESERVATIONS.keep(id, "HELD");

    assertThat(violations("?days=4")).doesNotContainKey(id);
    assertThat(violations("?days=6")).containsKey(id);
    StubRecords.RESERVATIONS.forget(id);
  }

  /** As many as were asked for at once, and three more. */
  @Test
  void manyAreNamedPieceByPiece() {
    var before = Uuid7.floor(Instant.now().minus(Duration.ofDays(40)));
    insertLost(1_003, before);
    try {
      var first = report("?after=" + before);
      var second = report("?after=" + first.text("next"));

      assertThat(named(first)).hasSize(1_000);
      assertThat(first.json().path("consistent").asBoolean()).isFalse();
      assertThat(named(second))
          .hasSizeGreaterThanOrEqualTo(3)
          .doesNotContainKeys(named(first).keySet().toArray(UUID[]::new));
    } finally {
      jdbc.sql("delete from orders where customer_id = 'lost'").update();
    }
  }

  @Test
  void aParticipantThatDoesNotAnswerIsNoVerdict() {
    StubRecords.PAYMENTS.broken(true);

    assertThat(client.manage(ACROSS).is(503).text("detail")).contains("500");
  }

  @Test
  void nobodyElseCanBeAsked() {
    client.manage("consistency/strangers").is(400);
  }

  private UUID settled(String customer) {
    var id = client.post(order(customer, "TEA-001"), key(), "Prefer", "wait=20").is(201).id();
    StubRecords.PAYMENTS.keep(id, "CAPTURED", "12.50");
    StubRecords.RESERVATIONS.keep(id, "COMMITTED");
    return id;
  }

  private void insertLost(int number, UUID behind) {
    jdbc.sql(
            """
            insert into orders (id, customer_id, total_minor, currency, lines, created_at, saga_id,
                                status, updated_at, version, revision)
            select overlay(?::text placing lpad(to_hex(n), 4, '0') from 33)::uuid, 'lost', 1, 'EUR',
                   '[]', now(), uuidv7(), 'CONFIRMED', now(), 2, 0
            from generate_series(1, ?) n
            """)
        .params(behind.toString(), number)
        .update();
  }

  private Map<UUID, String> violations(String query) {
    return named(report(query));
  }

  private Answer report(String query) {
    return client.manage(ACROSS + query).is(200);
  }

  private static Map<UUID, String> named(Answer report) {
    Map<UUID, String> named = new HashMap<>();
    report
        .json()
        .path("violations")
        .forEach(
            it ->
                named.put(
                    UUID.fromString(it.path("orderId").asString()),
                    it.path("status").asString("null") + " " + it.path("what").asString()));
    return named;
  }
}
