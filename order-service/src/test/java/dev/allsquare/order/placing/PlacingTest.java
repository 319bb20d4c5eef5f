package dev.allsquare.order.placing;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.VoidPayment;
import dev.allsquare.message.Message;
import dev.allsquare.message.Verdict;
import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.order.ScriptedParticipants.Script;
import dev.allsquare.testing.CountedStatements;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
class PlacingTest {

  @Autowired private OrderClient client;
  @Autowired private Script participants;
  @Autowired private JdbcClient jdbc;
  @Autowired private CountedStatements statements;

  @Test
  void anOrderIsConfirmed() {
    var answer =
        client.post(order("ann", "TEA-001", "CUP-002"), key(), "Prefer", "wait=20").is(201);

    assertThat(answer.text("status")).isEqualTo("CONFIRMED");
    assertThat(answer.json().has("reason")).isFalse();
    assertThat(answer.json().get("total").toString())
        .isEqualTo("{\"amount\":\"20.50\",\"currency\":\"EUR\"}");
    assertThat(answer.header("Location")).isEqualTo("/orders/" + answer.id());
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
    assertThat(participants.types("ann"))
        .containsExactlyInAnyOrder(
            ReserveStock.TYPE, AuthorizePayment.TYPE, CapturePayment.TYPE, CommitReservation.TYPE)
        .endsWith(CapturePayment.TYPE, CommitReservation.TYPE);
    assertThat(history(answer.id())).isEqualTo("PENDING, CONFIRMED");
  }

  @Test
  void withoutPreferenceTheAnswerDoesNotWait() {
    var answer = client.post(order("ben", "TEA-001"), key()).is(202);

    assertThat(answer.text("status")).isEqualTo("PENDING");
    assertThat(answer.header("Preference-Applied")).isEmpty();
    settles(answer.id(), "CONFIRMED");
  }

  @Test
  void patienceThatEndsGetsThePendingOrder() {
    participants.silence("bea", CapturePayment.TYPE);

    var answer = client.post(order("bea", "TEA-001"), key(), "Prefer", "wait=1").is(202);

    assertThat(answer.text("status")).isEqualTo("PENDING");
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
    participants.nowAnswer("bea", CapturePayment.TYPE, Verdict.DONE, null);
    settles(answer.id(), "CONFIRMED");
  }

  @Test
  void aMalformedPreferenceIsIgnored() {
    var answer = client.post(order("bob", "TEA-001"), key(), "Prefer", "wait=soon").is(202);

    assertThat(answer.header("Preference-Applied")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OUT_OF_STOCK,       inventory.reserve-stock.v1",
    "INSUFFICIENT_FUNDS, payment.authorize.v1",
    "PAYMENT_DECLINED,   payment.capture.v1"
  })
  void aRefusalRejectsTheOrderWithItsReason(String reason, String type) {
    var customer = "refused-" + reason;
    participants.refuse(customer, type, reason);

    var answer = client.post(order(customer, "TEA-001"), key(), "Prefer", "wait=20").is(201);

    assertThat(answer.text("status")).isEqualTo("REJECTED");
    assertThat(answer.text("reason")).isEqualTo(reason);
    assertThat(participants.types(customer)).doesNotContain(CommitReservation.TYPE);
    assertThat(history(answer.id())).isEqualTo("PENDING, REJECTED " + reason);
  }

  @Test
  void aRefusedPaymentReleasesTheStock() {
    participants.refuse("cat", AuthorizePayment.TYPE, "INSUFFICIENT_FUNDS");

    client.post(order("cat", "TEA-001"), key(), "Prefer", "wait=20").is(201);

    assertThat(participants.types("cat")).contains(ReleaseStock.TYPE);
  }

  @Test
  void aParticipantThatNeverAnswersBeforeThePivotTimesTheOrderOut() {
    participants.silence("dan", AuthorizePayment.TYPE);

    var answer = client.post(order("dan", "TEA-001"), key(), "Prefer", "wait=30").is(201);

    assertThat(answer.text("status")).isEqualTo("REJECTED");
    assertThat(answer.text("reason")).isEqualTo("TIMED_OUT");
    assertThat(participants.types("dan")).contains(ReleaseStock.TYPE, VoidPayment.TYPE);
  }

  @Test
  void aLateAnswerToATimedOutStepChangesNothing() {
    participants.silence("eve", AuthorizePayment.TYPE);
    var id = client.post(order("eve", "TEA-001"), key(), "Prefer", "wait=30").is(201).id();

    participants.nowAnswer("eve", AuthorizePayment.TYPE, Verdict.DONE, null);
    var next = client.post(order("eve2", "TEA-001"), key(), "Prefer", "wait=20").is(201);

    assertThat(next.text("status")).isEqualTo("CONFIRMED");
    assertThat(client.statusOf(id)).isEqualTo("REJECTED");
    assertThat(history(id)).isEqualTo("PENDING, REJECTED TIMED_OUT");
  }

  @Test
  void aPivotWithoutAnAnswerIsAskedAgainAndNeverTimedOut() {
    participants.silence("fay", CapturePayment.TYPE);
    var id = client.place("fay");
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> participants.commands("fay").stream().filter(this::isCapture).count() > 1);

    assertThat(client.statusOf(id)).isEqualTo("PENDING");
    assertThat(participants.commands("fay").stream().filter(this::isCapture))
        .extracting(Message::id)
        .containsOnly(
            participants.commands("fay").stream()
                .filter(this::isCapture)
                .findFirst()
                .orElseThrow()
                .id());
    participants.nowAnswer("fay", CapturePayment.TYPE, Verdict.DONE, null);
    settles(id, "CONFIRMED");
  }

  private boolean isCapture(Message command) {
    return command.type().equals(CapturePayment.TYPE);
  }

  @Test
  void concurrentOrdersShareACommit() throws Exception {
    IntStream.range(0, 5).forEach(i -> client.place("warm-" + i));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 200).forEach(i -> participants.silence("crowd-" + i, ReserveStock.TYPE));
      IntStream.range(0, 200)
          .forEach(i -> participants.silence("crowd-" + i, AuthorizePayment.TYPE));

      var answers =
          threads.invokeAll(
              IntStream.range(0, 200)
                  .<Callable<UUID>>mapToObj(i -> () -> client.place("crowd-" + i))
                  .toList());

      for (var answer : answers) {
        assertThat(answer.get()).isNotNull();
      }
    }
    // A row that never changes remembers the transaction that inserted it.
    long commits =
        jdbc.sql(
                """
                select count(distinct h.xmin::text) from order_history h
                join orders o on o.id = h.order_id
                where h.version = 1 and o.customer_id like 'crowd-%'
                """)
            .query(Long.class)
            .single();
    assertThat(commits).isBetween(1L, 150L);
    IntStream.range(0, 200)
        .forEach(
            i -> {
              participants.nowAnswer("crowd-" + i, ReserveStock.TYPE, Verdict.DONE, null);
              participants.nowAnswer("crowd-" + i, AuthorizePayment.TYPE, Verdict.DONE, null);
            });
  }

  @Test
  void anOrderAloneCostsTheseRoundTrips() {
    client.place("gus");

    statements.start();
    client.place("gus");
    var made = statements.ofThreadsThat("insert into orders");

    assertThat(made.stream().map(PlacingTest::firstWords))
        .containsExactly(
            "select sku, price_minor,",
            "set local lock_timeout",
            "insert into orders",
            "insert into order_history",
            "insert into saga",
            "insert into saga_history",
            "insert into outbox",
            "commit");
  }

  private static String firstWords(String sql) {
    return Stream.of(sql.strip().split("[\\s(]+")).limit(3).collect(Collectors.joining(" "));
  }

  private void settles(UUID order, String status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(client.statusOf(order)).isEqualTo(status));
  }

  private String history(UUID order) {
    return jdbc.sql(
            """
            select string_agg(concat_ws(' ', status, reason), ', ' order by version)
            from order_history where order_id = ?
            """)
        .param(order)
        .query(String.class)
        .single();
  }
}
