package dev.allsquare.order.placing;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.contract.order.Orders;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.message.Message;
import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.order.ScriptedParticipants.Script;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * One trace id goes from the request to the last event. A trigger keeps what the relay deletes, so
 * that it is the rows of the outbox themselves that are looked at. The customers are this class's
 * own: the script of the participants is shared by all tests of a context.
 */
@OrderServiceTest
@SuppressWarnings("NullAway.Init") // made anew before each test
class TraceTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @Autowired private OrderClient client;
  @Autowired private Script participants;
  private JdbcClient jdbc;

  private record Sent(String topic, String type, String traceparent) {

    String trace() {
      return traceparent.split("-", -1)[1];
    }
  }

  /** The service's own role may not touch the outbox's definition. */
  @BeforeEach
  void keepWhatIsSent(@Autowired Environment environment) {
    String owner = environment.getRequiredProperty("spring.flyway.url");
    jdbc = JdbcClient.create(new DriverManagerDataSource(owner));
    jdbc.sql(
            """
            create table sent (like outbox);
            create function keep() returns trigger language plpgsql security definer as
              'begin insert into sent values (new.*); return null; end';
            create trigger keep after insert on outbox for each row execute function keep();
            """)
        .update();
  }

  @AfterEach
  void forget() {
    jdbc.sql("drop trigger keep on outbox; drop function keep; drop table sent").update();
  }

  @Test
  void theCallersTraceGoesFromTheRequestToTheLastEvent() {
    var answer =
        client
            .post(
                order("traced-tracy", "TEA-001"),
                key(),
                "Prefer",
                "wait=20",
                "traceparent",
                TRACEPARENT)
            .is(201);

    var sent = sent(answer.id(), "traced-tracy");
    assertThat(sent)
        .extracting(Sent::topic)
        .contains("inventory.commands", "payment.commands", Orders.REPLIES, Orders.EVENTS);
    assertThat(sent).hasSizeGreaterThanOrEqualTo(10).extracting(Sent::trace).containsOnly(TRACE);
    assertThat(sent).extracting(Sent::traceparent).doesNotContain(TRACEPARENT);
  }

  @Test
  void withoutOneATraceBeginsAndEachRequestHasItsOwn() {
    var first = client.post(order("traced-tom", "TEA-001"), key(), "Prefer", "wait=20").is(201);
    var second = client.post(order("traced-tim", "TEA-001"), key(), "Prefer", "wait=20").is(201);

    assertThat(traces(first.id(), "traced-tom")).hasSize(1).doesNotContainNull();
    assertThat(traces(second.id(), "traced-tim"))
        .hasSize(1)
        .isNotEqualTo(traces(first.id(), "traced-tom"));
  }

  @Test
  void whatIsUndoneAndCancelledBelongsToTheSameTrace() {
    participants.refuse("traced-una", AuthorizePayment.TYPE, "INSUFFICIENT_FUNDS");
    var refused = client.post(order("traced-una", "TEA-001"), key(), "Prefer", "wait=20").is(201);
    assertThat(refused.text("status")).isEqualTo("REJECTED");
    assertThat(traces(refused.id(), "traced-una")).hasSize(1);

    var confirmed =
        client.post(order("traced-cora", "TEA-001"), key(), "Prefer", "wait=20").is(201);
    client.cancel(confirmed.id()).is(202);
    await().until(() -> client.statusOf(confirmed.id()).equals("CANCELLED"));
    assertThat(traces(confirmed.id(), "traced-cora")).hasSize(1);
  }

  /** The reply that would bring the trace never comes: the saga remembers it. */
  @Test
  void aCommandThatNoReplyCausedCarriesItToo() {
    participants.silence("traced-sue", AuthorizePayment.TYPE);
    var order =
        client.post(order("traced-sue", "TEA-001"), key(), "traceparent", TRACEPARENT).is(202);
    client.cancel(order.id()).is(202);
    await().until(() -> client.statusOf(order.id()).equals("CANCELLED"));

    assertThat(participants.types("traced-sue")).doesNotContain(CapturePayment.TYPE).hasSize(4);
    assertThat(traces(order.id(), "traced-sue")).containsExactly(TRACE);
  }

  private Set<String> traces(UUID order, String customer) {
    return sent(order, customer).stream().map(Sent::trace).collect(Collectors.toSet());
  }

  /** All of the order's messages; what a participant got stands for what was sent to it. */
  private List<Sent> sent(UUID order, String customer) {
    assertThat(participants.commands(customer))
        .extracting(Message::traceparent)
        .doesNotContainNull();
    return jdbc.sql(
            "select aggregatetype, type, traceparent from sent where subject = ? order by seq")
        .param(order.toString())
        .query((row, _) -> new Sent(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }
}
