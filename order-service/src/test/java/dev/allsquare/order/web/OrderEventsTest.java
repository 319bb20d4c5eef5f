package dev.allsquare.order.web;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.message.Verdict;
import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderService;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.order.ScriptedParticipants.Script;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

@OrderServiceTest
@Timeout(90)
class OrderEventsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Autowired private OrderClient client;
  @Autowired private Script participants;
  @Autowired private Environment environment;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void everyStatusIsToldOnceAndTheLastOneEndsTheStream() throws Exception {
    participants.silence("sam", CapturePayment.TYPE);
    var id = client.place("sam");
    var events = client.events(id, null);
    var lines = events.body().iterator();

    assertThat(nextEvent(lines)).isEqualTo("1 PENDING");
    participants.nowAnswer("sam", CapturePayment.TYPE, Verdict.DONE, null);

    assertThat(nextEvent(lines)).isEqualTo("2 CONFIRMED");
    assertThat(lines.hasNext()).isFalse();
    assertThat(events.headers().firstValue("Content-Type")).contains("text/event-stream");
  }

  @Test
  void reconnectingAfterTheEndGets204() throws Exception {
    var id = confirmed("sue");

    var again = client.events(id, "2");

    assertThat(again.statusCode()).isEqualTo(204);
  }

  @Test
  void lastEventIdResumes() throws Exception {
    var id = confirmed("sid");

    assertThat(events(client, id, "1")).containsExactly("2 CONFIRMED");
    assertThat(events(client, id, null)).containsExactly("1 PENDING", "2 CONFIRMED");
  }

  @Test
  void aLastEventIdThatIsNoneOfOursStartsOver() throws Exception {
    var id = confirmed("sol");

    assertThat(events(client, id, "99")).containsExactly("1 PENDING", "2 CONFIRMED");
    assertThat(events(client, id, "nonsense")).containsExactly("1 PENDING", "2 CONFIRMED");
  }

  @Test
  void aCancellationReopensTheStreamOfAConfirmedOrder() throws Exception {
    var id = confirmed("ted");
    client.cancel(id).is(202);

    assertThat(events(client, id, "2")).containsExactly("3 CANCELLING", "4 CANCELLED");
  }

  @Test
  void anyReplicaTellsWhatAnotherOneDid() throws Exception {
    try (var replica = secondReplica()) {
      var other = at(replica);
      participants.silence("tom", CapturePayment.TYPE);
      var id = client.place("tom");
      var here = threads.submit(() -> events(client, id, null));
      var there = threads.submit(() -> events(other, id, null));
      var resumed = threads.submit(() -> events(other, id, "1"));

      await().until(() -> participants.types("tom").contains(CapturePayment.TYPE));
      participants.nowAnswer("tom", CapturePayment.TYPE, Verdict.DONE, null);

      assertThat(here.get()).containsExactly("1 PENDING", "2 CONFIRMED");
      assertThat(there.get()).containsExactly("1 PENDING", "2 CONFIRMED");
      assertThat(resumed.get()).containsExactly("2 CONFIRMED");
    }
  }

  @Test
  void waitingIsServedByWhicheverReplica() throws Exception {
    try (var replica = secondReplica()) {
      for (var replicaOrThis : List.of(client, at(replica))) {
        for (int i = 0; i < 4; i++) {
          var answer = replicaOrThis.post(order("una", "TEA-001"), key(), "Prefer", "wait=20");
          assertThat(answer.is(201).text("status")).isEqualTo("CONFIRMED");
        }
      }
    }
  }

  @Test
  void aReplicaThatStopsEndsItsStreams() throws Exception {
    participants.silence("vic", CapturePayment.TYPE);
    var id = client.place("vic");
    try (var replica = secondReplica()) {
      var lines = at(replica).events(id, null).body().iterator();
      assertThat(nextEvent(lines)).isEqualTo("1 PENDING");
      var stopping = threads.submit(replica::close);

      lines.forEachRemaining(line -> assertThat(line).doesNotStartWith("data:"));

      stopping.get();
    }
    participants.nowAnswer("vic", CapturePayment.TYPE, Verdict.DONE, null);
    assertThat(events(client, id, "1")).containsExactly("2 CONFIRMED");
  }

  private UUID confirmed(String customer) {
    return client.post(order(customer, "TEA-001"), key(), "Prefer", "wait=20").is(201).id();
  }

  /** Another replica on the same database and topics, with no scripted participants of its own. */
  private ConfigurableApplicationContext secondReplica() {
    return new SpringApplicationBuilder(OrderService.class)
        .run(
            "--server.port=0",
            "--management.server.port=0",
            "--spring.datasource.url=" + environment.getProperty("spring.datasource.url"),
            "--spring.kafka.bootstrap-servers="
                + environment.getProperty("spring.kafka.bootstrap-servers"));
  }

  private static OrderClient at(ConfigurableApplicationContext replica) {
    return new OrderClient(replica.getEnvironment());
  }

  private static List<String> events(OrderClient client, UUID id, @Nullable String lastEventId)
      throws Exception {
    try (Stream<String> lines = client.events(id, lastEventId).body()) {
      var data = lines.filter(line -> line.startsWith("data:")).toList();
      return data.stream().map(OrderEventsTest::event).toList();
    }
  }

  private static String nextEvent(Iterator<String> lines) {
    var id = lines.next();
    var event = event(lines.next());
    assertThat(id).isEqualTo("id: " + event.substring(0, event.indexOf(' ')));
    assertThat(lines.next()).isEmpty();
    return event;
  }

  private static String event(String line) {
    var data = JSON.readTree(line.substring("data: ".length()));
    return data.get("version").asString() + " " + data.get("status").asString();
  }
}
