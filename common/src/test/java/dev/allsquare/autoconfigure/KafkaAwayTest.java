package dev.allsquare.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.outbox.Outbox;
import dev.allsquare.testing.TestKafka;
import dev.allsquare.testing.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

class KafkaAwayTest {

  private static final String TOPIC = "away.events";

  @Test
  void aServiceStartsWithoutKafkaAndFindsItWhenItComes() throws IOException {
    int port = freePort();
    try (var service = service(port)) {
      var outbox = service.getBean(Outbox.class);
      var message = message();
      service
          .getBean(TransactionTemplate.class)
          .executeWithoutResult(_ -> outbox.append(List.of(message)));
      assertThat(outbox.stillWaiting(Set.of(message.id()))).containsExactly(message.id());

      try (var door = new ServerSocket(port)) {
        Thread.ofVirtual().start(() -> forward(door));

        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () ->
                    assertThat(service.getBean(Recorder.class).seen)
                        .extracting(Message::id)
                        .containsExactly(message.id()));
      }
    }
  }

  private static ConfigurableApplicationContext service(int port) {
    return new SpringApplicationBuilder(Service.class)
        .web(WebApplicationType.NONE)
        .run(
            "--spring.datasource.url=" + TestPostgres.newDatabase(),
            "--spring.kafka.bootstrap-servers=localhost:" + port);
  }

  /** The way to Kafka, open from now on. Kafka itself tells clients its true address. */
  private static void forward(ServerSocket door) {
    try {
      while (!door.isClosed()) {
        Socket client = door.accept();
        var address = TestKafka.bootstrapServers().split(":", 2);
        Socket kafka = new Socket(address[0], Integer.parseInt(address[1]));
        Thread.ofVirtual().start(() -> copy(client, kafka));
        Thread.ofVirtual().start(() -> copy(kafka, client));
      }
    } catch (IOException e) {
      assertThat(door.isClosed()).as("the door closes at the end only").isTrue();
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      assertThat(from.isClosed() || to.isClosed()).isTrue();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Message message() {
    Instant now = Instant.now();
    return new Message(
        Uuid7.next(now), TOPIC, "k", "test.v1", "test", null, now, "{}", null, null, null);
  }

  static final class Recorder implements MessageHandler {

    final List<Message> seen = new CopyOnWriteArrayList<>();

    @Override
    public String topic() {
      return TOPIC;
    }

    @Override
    public void handle(List<Message> batch) {
      seen.addAll(batch);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Service {

    @Bean
    Recorder recorder() {
      return new Recorder();
    }
  }
}
