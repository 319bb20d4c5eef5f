package dev.allsquare.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.inbox.Inbox;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.kafka.Topics;
import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.outbox.Outbox;
import dev.allsquare.participant.Answer;
import dev.allsquare.participant.Participant;
import dev.allsquare.testing.Mailroom;
import dev.allsquare.testing.RealInfrastructure;
import dev.allsquare.testing.Rest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/** An operator deals with dead letters and parked keys over the management port. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.application.name=mended-box",
      "management.server.port=0",
      "management.endpoints.web.exposure.include=deadletters,outbox"
    })
@ContextConfiguration(initializers = RealInfrastructure.class)
class OperatorOverKafkaTest {

  private static final String EVENTS = "mended.events";
  private static final String STATE = "mended.state";
  private static final String COMMANDS = "mended.commands";
  private static final String REPLIES = "mended.replies";
  private static final String ANN = "{\"actor\":\"ann\",\"reason\":\"mended\"}";

  @Autowired private Environment environment;
  @Autowired private Outbox outbox;
  @Autowired private TransactionTemplate transactions;
  @Autowired private JdbcClient jdbc;
  @Autowired private Fragile fragile;
  @Autowired private Mailroom mailroom;
  @Autowired private ProducerFactory<?, ?> producers;

  @Test
  void aDeadLetterIsRedrivenUnderItsIdAndHandled() {
    var event = event("{\"name\":\"vase\"}");
    fragile.breakOn("vase");
    send(event);
    long letter = letterOf(event);
    fragile.mend("vase");

    operate("deadletters/" + letter + "/redrive", ANN).is(204);

    await().untilAsserted(() -> assertThat(fragile.handled()).contains(event));
    rest().manage("deadletters/" + letter).is(404);
    assertThat(audit("deadletter.redrive", letter)).contains("vase", event.id().toString());
  }

  @Test
  void manyAreRedrivenAfterADryRunAndWhatIsGoneMeanwhileIsAResult() {
    var events = List.of(event("{\"name\":\"plate 1\"}"), event("{\"name\":\"plate 2\"}"));
    fragile.breakOn("plate");
    events.forEach(this::send);
    long gone = letterOf(events.getFirst());
    letterOf(events.getLast());
    fragile.mend("plate");
    var many =
        "{\"action\":\"REDRIVE\",\"filter\":{\"topic\":\"%s\",\"why\":\"it broke\"},\"ratePerSecond\":1,%s"
            .formatted(EVENTS, ANN.substring(1));
    var dry = many.replace("\"ratePerSecond\":1", "\"dryRun\":true");
    assertThat(operate("deadletters/repairs", dry).is(200).json().get("count").asInt())
        .isGreaterThanOrEqualTo(2);

    var job = operate("deadletters/repairs", many).is(202).json().get("job").get("id").asString();
    operate("deadletters/" + gone + "/discard", ANN); // before the job gets there, or after it

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                rest()
                    .actuator("deadletters/repairs/" + job)
                    .get("job")
                    .path("endedAt")
                    .isString());
    await().untilAsserted(() -> assertThat(fragile.handled()).contains(events.getLast()));
  }

  @Test
  void aRedrivenMessageMaySaySomethingElse() {
    var event = event("{\"name\":\"glass\"}");
    fragile.breakOn("glass");
    send(event);

    operate(
            "deadletters/" + letterOf(event) + "/redrive",
            "{\"actor\":\"ann\",\"reason\":\"mended\",\"payload\":{\"name\":\"steel\"}}")
        .is(204);

    await()
        .untilAsserted(
            () ->
                assertThat(fragile.handled())
                    .filteredOn(it -> it.id().equals(event.id()))
                    .extracting(Message::payload)
                    .containsExactly("{\"name\":\"steel\"}"));
  }

  @Test
  void whatWasHandledMeanwhileIsNotHandledAgain() {
    var event = event("{\"name\":\"bowl\"}");
    fragile.breakOn("bowl");
    send(event);
    long letter = letterOf(event);
    fragile.mend("bowl");
    send(event);
    await().untilAsserted(() -> assertThat(fragile.handled()).contains(event));

    operate("deadletters/" + letter + "/redrive", ANN).is(204);

    var after = event("{\"name\":\"last\"}");
    send(after);
    await().untilAsserted(() -> assertThat(fragile.handled()).contains(after));
    assertThat(fragile.handled()).containsOnlyOnce(event);
  }

  @Test
  void aCommandThatFailedIsTriedAgain() {
    var command = command();
    fragile.breakOn("take");
    send(command);
    assertThat(verdicts(command, 1)).containsExactly("FAILED");
    fragile.mend("take");

    operate("deadletters/" + letterOf(command) + "/redrive", ANN).is(204);

    assertThat(verdicts(command, 2)).containsExactly("FAILED", "DONE");
  }

  @Test
  void aDiscardedLetterIsGoneAndTheAuditKeepsIt() {
    var event = event("{\"name\":\"cup\"}");
    fragile.breakOn("cup");
    send(event);
    long letter = letterOf(event);

    operate("deadletters/" + letter + "/discard", ANN).is(204);

    operate("deadletters/" + letter + "/discard", ANN).isProblem(404, "dead-letter-unknown");
    operate("deadletters/" + letter + "/redrive", ANN).isProblem(404, "dead-letter-unknown");
    assertThat(audit("deadletter.discard", letter)).contains("cup");
    assertThat(outbox.stillWaiting(Set.of(event.id()))).isEmpty();
  }

  @Test
  void garbageCannotBeRedriven() throws Exception {
    sendGarbage();
    await().untilAsserted(() -> assertThat(letters("cause = 'GARBAGE'")).hasSize(1));
    long letter = letters("cause = 'GARBAGE'").getFirst();

    operate("deadletters/" + letter + "/redrive", ANN).isProblem(409, "not-redrivable");

    rest().manage("deadletters/" + letter).is(200);
    operate("deadletters/" + letter + "/discard", ANN).is(204);
  }

  @Test
  void anOldStateIsNotPutBackBehindANewerOne() {
    var state = message(STATE, "state.v1", "{\"name\":\"stale\"}", null);
    fragile.breakOn("stale");
    send(state);
    long letter = letterOf(state);

    operate("deadletters/" + letter + "/redrive", ANN).isProblem(409, "not-redrivable");

    rest().manage("deadletters/" + letter).is(200);
    assertThat(outbox.stillWaiting(Set.of(state.id()))).isEmpty();
  }

  @Test
  void aReleasedKeyIsSentAfterAll() {
    var event = event("{\"name\":\"held\"}");
    park(event);
    var shown = rest().actuator("outbox/" + EVENTS + "/" + event.key());
    assertThat(shown.get("reason").asString()).isEqualTo("too large");
    assertThat(shown.get("waiting").get(0).get("id").asString()).isEqualTo(event.id().toString());

    var release =
        "{\"topic\":\"%s\",\"key\":\"%s\",%s".formatted(EVENTS, event.key(), ANN.substring(1));
    operate("outbox/release", release).is(204);

    await()
        .untilAsserted(
            () -> assertThat(fragile.handled()).extracting(Message::id).contains(event.id()));
    operate("outbox/release", release).isProblem(404, "key-not-parked");
    rest().manage("outbox/" + EVENTS + "/" + event.key()).is(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deadletters/1/redrive", "deadletters/1/discard", "outbox/release"})
  void nothingIsDoneByNobodyOrForNoReasonOrAsAForm(String path) {
    operate(path, "{\"reason\":\"why\",\"topic\":\"t\",\"key\":\"k\"}").isRefused().is(400);
    operate(path, "{\"actor\":\"ann\",\"topic\":\"t\",\"key\":\"k\"}").isRefused().is(400);
    operate(path, "{").isProblem(400, "malformed-body");
    rest()
        .operate(path, ANN, "Content-Type", "text/plain")
        .isProblem(415, "unsupported-media-type");
  }

  private Rest rest() {
    return new Rest(environment);
  }

  private Rest.Answer operate(String path, String body) {
    return rest().operate(path, body);
  }

  private void send(Message... messages) {
    transactions.executeWithoutResult(_ -> outbox.append(List.of(messages)));
  }

  private void park(Message event) {
    transactions.executeWithoutResult(
        _ -> {
          outbox.append(List.of(event));
          jdbc.sql("insert into outbox_parked_key values (?, ?, 'too large', now())")
              .params(EVENTS, event.key())
              .update();
        });
    await().untilAsserted(() -> assertThat(outbox.parked(Set.of(event.id()))).contains(event.id()));
  }

  private void sendGarbage() throws Exception {
    var settings = Map.copyOf(producers.getConfigurationProperties());
    var bytes = new ByteArraySerializer();
    var factory = new DefaultKafkaProducerFactory<>(settings, bytes, bytes);
    try (var producer = factory.createProducer()) {
      producer.send(new ProducerRecord<>(EVENTS, new byte[] {(byte) 0xff})).get();
    } finally {
      factory.destroy();
    }
  }

  private long letterOf(Message message) {
    var condition = "id = '" + message.id() + "'";
    await().untilAsserted(() -> assertThat(letters(condition)).hasSize(1));
    return letters(condition).getFirst();
  }

  private List<Long> letters(String condition) {
    return jdbc.sql("select seq from dead_letter where " + condition)
        .query((row, _) -> row.getLong(1))
        .list();
  }

  private String audit(String action, long letter) {
    return jdbc.sql(
            "select actor || reason || detail::text from operator_audit where action = ? and subject = ?")
        .params(action, String.valueOf(letter))
        .query(String.class)
        .single();
  }

  private List<String> verdicts(Message command, int count) {
    return mailroom.await(count, it -> command.id().equals(it.causationId())).stream()
        .map(reply -> reply.payload().contains("DONE") ? "DONE" : "FAILED")
        .toList();
  }

  private static Message event(String payload) {
    return message(EVENTS, "event.v1", payload, null);
  }

  private static Message command() {
    var saga = Uuid7.next(Instant.now());
    return message(
        COMMANDS,
        "take.v1",
        "{}",
        new SagaContext(saga, "Shopping", "take", Direction.ACTION, REPLIES));
  }

  private static Message message(
      String topic, String type, String payload, @Nullable SagaContext saga) {
    var now = Instant.parse("2026-01-01T00:00:00Z");
    return new Message(
        Uuid7.next(Instant.now()),
        topic,
        UUID.randomUUID().toString(),
        type,
        "shop",
        "order-1",
        now,
        payload,
        saga,
        null,
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }

  /** Handles each event once, unless it is told to break. */
  static final class Fragile implements MessageHandler {

    private final Inbox inbox;
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final List<Message> handled = new CopyOnWriteArrayList<>();

    Fragile(Inbox inbox) {
      this.inbox = inbox;
    }

    void breakOn(String name) {
      broken.add(name);
    }

    void mend(String name) {
      broken.remove(name);
    }

    List<Message> handled() {
      return handled;
    }

    void check(String text) {
      if (broken.stream().anyMatch(text::contains)) {
        throw new IllegalStateException("it broke");
      }
    }

    @Override
    public String topic() {
      return EVENTS;
    }

    @Override
    public void handle(List<Message> batch) {
      batch.forEach(message -> check(message.payload()));
      handled.addAll(inbox.firstSeen(batch));
    }
  }

  record Take() {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Service {

    @Bean
    Topics topics() {
      return new Topics(EVENTS, COMMANDS, REPLIES).withTable(STATE);
    }

    @Bean
    Fragile fragile(Inbox inbox) {
      return new Fragile(inbox);
    }

    @Bean
    MessageHandler states(Fragile fragile) {
      return new MessageHandler() {
        @Override
        public String topic() {
          return STATE;
        }

        @Override
        public void handle(List<Message> batch) {
          fragile.handle(batch);
        }
      };
    }

    @Bean
    Mailroom mailroom() {
      return new Mailroom();
    }

    @Bean
    MessageHandler replies(Mailroom mailroom) {
      return mailroom.reads(REPLIES);
    }

    @Bean
    Participant<String> taker(Fragile fragile) {
      return Participant.of(COMMANDS)
          .<String>loading(_ -> "shelf")
          .on(
              "take.v1",
              Take.class,
              (_, _) -> {
                fragile.check("take");
                return Answer.done();
              })
          .saving(_ -> {});
    }
  }
}
