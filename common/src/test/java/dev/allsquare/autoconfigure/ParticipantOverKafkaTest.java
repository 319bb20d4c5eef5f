package dev.allsquare.autoconfigure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.kafka.Topics;
import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.outbox.Outbox;
import dev.allsquare.participant.Answer;
import dev.allsquare.participant.Participant;
import dev.allsquare.testing.RealInfrastructure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** A service with two participants, as it is in production: beans in, replies out. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.application.name=two-boxes",
      "management.endpoints.web.exposure.include=deadletters"
    })
@ContextConfiguration(initializers = RealInfrastructure.class)
class ParticipantOverKafkaTest {

  private static final String REPLIES = "shop.replies";

  @Autowired private Outbox outbox;
  @Autowired private TransactionTemplate transactions;
  @Autowired private Replies replies;

  @Value("${local.server.port}")
  private int port;

  record Take(boolean fragile) {
    static final String TYPE = "take.v1";
  }

  @Test
  void everyParticipantAnswersOnItsOwnTopic() {
    Message red = command("red.commands", "{\"fragile\":false}");
    Message blue = command("blue.commands", "{\"fragile\":false}");

    send(red, blue);

    await().untilAsserted(() -> assertThat(replies.to(red)).containsExactly("DONE red"));
    await().untilAsserted(() -> assertThat(replies.to(blue)).containsExactly("DONE blue"));
  }

  @Test
  void operatorsReadADeadLetterOverHttp() {
    Message fragile = command("red.commands", "{\"fragile\":true}");

    send(fragile);

    await().untilAsserted(() -> assertThat(replies.to(fragile)).containsExactly("FAILED red"));
    var page = get("?topic=red.commands&limit=1");
    var letter = (Map<?, ?>) ((List<?>) requireNonNull(page.get("items"))).getFirst();
    assertThat(letter.get("id")).isEqualTo(fragile.id().toString());
    var shown = get("/" + letter.get("seq"));
    assertThat(shown)
        .containsEntry("topic", "red.commands")
        .containsEntry("key", fragile.key())
        .containsEntry("payload", fragile.payload())
        .containsEntry("cause", "BROKEN");
    assertThat(shown.get("headers"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains(Map.of("name", "ce_id", "value", fragile.id().toString()));
    assertThatThrownBy(() -> get("/999999")).isInstanceOf(HttpClientErrorException.NotFound.class);
    assertThatThrownBy(() -> get("/x")).isInstanceOf(HttpClientErrorException.BadRequest.class);
  }

  private Map<String, Object> get(String path) {
    var body =
        RestClient.create("http://localhost:" + port + "/actuator/deadletters" + path)
            .get()
            .retrieve()
            .body(new ParameterizedTypeReference<Map<String, Object>>() {});
    return body == null ? Map.of() : body;
  }

  private void send(Message... messages) {
    transactions.executeWithoutResult(_ -> outbox.append(List.of(messages)));
  }

  private static Message command(String topic, String payload) {
    Instant now = Instant.now();
    UUID saga = Uuid7.next(now);
    return new Message(
        Uuid7.next(now),
        topic,
        saga.toString(),
        Take.TYPE,
        "shop",
        null,
        now,
        payload,
        new SagaContext(saga, "Shopping", "take " + topic, Direction.ACTION, REPLIES),
        null,
        null);
  }

  /** Collects the replies: their verdict and the box that gave it. */
  static final class Replies implements MessageHandler {

    private final List<Message> received = new CopyOnWriteArrayList<>();

    @Override
    public String topic() {
      return REPLIES;
    }

    @Override
    public void handle(List<Message> batch) {
      received.addAll(batch);
    }

    List<String> to(Message command) {
      var found = new ArrayList<String>();
      for (Message reply : received) {
        if (command.id().equals(reply.causationId())) {
          String verdict = reply.payload().contains("DONE") ? "DONE " : "FAILED ";
          found.add(verdict + command.topic().replace(".commands", ""));
        }
      }
      return found;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Service {

    @Bean
    Topics topics() {
      return new Topics(REPLIES);
    }

    @Bean
    Replies replies() {
      return new Replies();
    }

    @Bean
    Participant<List<String>> red() {
      return participant("red.commands");
    }

    @Bean
    Participant<List<String>> blue() {
      return participant("blue.commands");
    }

    private static Participant<List<String>> participant(String topic) {
      return Participant.of(topic)
          .<List<String>>loading(_ -> new ArrayList<>())
          .on(Take.TYPE, Take.class, (_, it) -> take(it.body()))
          .saving(_ -> {});
    }

    private static Answer take(Take command) {
      if (command.fragile()) {
        throw new IllegalStateException("it broke");
      }
      return Answer.done();
    }
  }
}
