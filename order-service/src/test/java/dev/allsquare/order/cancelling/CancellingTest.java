package dev.allsquare.order.cancelling;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.Restock;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.message.Verdict;
import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.order.ScriptedParticipants.Script;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
class CancellingTest {

  @Autowired private OrderClient client;
  @Autowired private Script participants;
  @Autowired private JdbcClient jdbc;

  @Test
  void beforeThePivotTheSagaTurnsRound() {
    participants.silence("nat", AuthorizePayment.TYPE);
    var id = client.place("nat");

    assertThat(client.cancel(id).is(202).text("status")).isEqualTo("CANCELLING");

    settles(id, "PENDING, CANCELLING, CANCELLED CANCELLED_BY_CUSTOMER");
    assertThat(
            jdbc.sql("select reason from saga where business_key = ?")
                .param(id.toString())
                .query(String.class)
                .single())
        .isEqualTo("CANCELLED_BY_CUSTOMER");
    assertThat(participants.types("nat"))
        .contains(ReleaseStock.TYPE)
        .doesNotContain(CapturePayment.TYPE, RefundPayment.TYPE);
  }

  @Test
  void whileThePivotIsInFlightTheOrderConfirmsAndIsCancelledAtOnce() {
    participants.silence("ned", CapturePayment.TYPE);
    var id = placedUntil("ned", CapturePayment.TYPE);

    assertThat(client.cancel(id).is(202).text("status")).isEqualTo("CANCELLING");
    participants.nowAnswer("ned", CapturePayment.TYPE, Verdict.DONE, null);

    settles(id, "PENDING, CANCELLING, CONFIRMED, CANCELLING, CANCELLED CANCELLED_BY_CUSTOMER");
    assertThat(participants.types("ned")).endsWith(RefundPayment.TYPE, Restock.TYPE);
  }

  @Test
  void aPivotRefusedAfterTheWishEndsCancelled() {
    participants.silence("nia", CapturePayment.TYPE);
    var id = placedUntil("nia", CapturePayment.TYPE);

    client.cancel(id).is(202);
    participants.nowAnswer("nia", CapturePayment.TYPE, Verdict.REFUSED, "PAYMENT_DECLINED");

    settles(id, "PENDING, CANCELLING, CANCELLED CANCELLED_BY_CUSTOMER");
    assertThat(participants.types("nia")).doesNotContain(RefundPayment.TYPE);
  }

  @Test
  void aConfirmedOrderIsRefundedAndRestocked() {
    var id = client.post(order("oda", "TEA-001"), key(), "Prefer", "wait=20").is(201).id();

    var answer = client.cancel(id).is(202);

    assertThat(answer.text("status")).isEqualTo("CANCELLING");
    assertThat(answer.header("Location")).isEqualTo("/orders/" + id);
    settles(id, "PENDING, CONFIRMED, CANCELLING, CANCELLED CANCELLED_BY_CUSTOMER");
    assertThat(participants.types("oda")).endsWith(RefundPayment.TYPE, Restock.TYPE);
  }

  @Test
  void aRepeatedCancellationIsAcceptedAndChangesNothing() {
    participants.silence("pat", AuthorizePayment.TYPE);
    var id = client.place("pat");

    client.cancel(id).is(202);
    client.cancel(id).is(202);
    settles(id, "PENDING, CANCELLING, CANCELLED CANCELLED_BY_CUSTOMER");

    assertThat(client.cancel(id).is(202).text("status")).isEqualTo("CANCELLED");
    assertThat(history(id)).isEqualTo("PENDING, CANCELLING, CANCELLED CANCELLED_BY_CUSTOMER");
  }

  @Test
  void twentyCancellationsAtOnceAreOne() throws Exception {
    var id = client.post(order("pia", "TEA-001"), key(), "Prefer", "wait=20").is(201).id();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads.invokeAll(
              IntStream.range(0, 20)
                  .<Callable<Integer>>mapToObj(i -> () -> client.cancel(id).status())
                  .toList());
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(202);
      }
    }

    settles(id, "PENDING, CONFIRMED, CANCELLING, CANCELLED CANCELLED_BY_CUSTOMER");
    assertThat(sagasOf(id)).isEqualTo(2);
  }

  @Test
  void cancellationsThatRaceWithTheConfirmationAreNeverLost() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var orders =
          threads.invokeAll(
              IntStream.range(0, 40)
                  .<Callable<UUID>>mapToObj(
                      i ->
                          () -> {
                            var id = client.place("race-" + i);
                            client.cancel(id).is(202);
                            return id;
                          })
                  .toList());
      for (var order : orders) {
        var id = order.get();
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(client.statusOf(id)).isEqualTo("CANCELLED"));
      }
    }
  }

  @Test
  void aRejectedOrderCanNotBeCancelled() {
    participants.refuse("pol", AuthorizePayment.TYPE, "INSUFFICIENT_FUNDS");
    var id = client.post(order("pol", "TEA-001"), key(), "Prefer", "wait=20").is(201).id();

    client.cancel(id).isProblem(409, "order-rejected");

    assertThat(history(id)).isEqualTo("PENDING, REJECTED INSUFFICIENT_FUNDS");
  }

  @Test
  void anUnknownOrderCanNotBeCancelled() {
    client.cancel(UUID.randomUUID()).isProblem(404, "order-unknown");
  }

  private UUID placedUntil(String customer, String type) {
    var id = client.place(customer);
    await().atMost(Duration.ofSeconds(20)).until(() -> participants.types(customer).contains(type));
    return id;
  }

  private void settles(UUID order, String history) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(history(order)).isEqualTo(history));
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

  private long sagasOf(UUID order) {
    return jdbc.sql("select count(*) from saga where business_key = ?")
        .param(order.toString())
        .query(Long.class)
        .single();
  }
}
