package dev.allsquare.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.allsquare.kafka.Topics;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.outbox.Outbox;
import dev.allsquare.testing.RealInfrastructure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "management.endpoints.web.exposure.include=outbox")
@ContextConfiguration(initializers = RealInfrastructure.class)
class OutboxToKafkaTest {

  private static final String TOPIC = "wired.events";

  @Autowired private Outbox outbox;
  @Autowired private TransactionTemplate transactions;
  @Autowired private JdbcClient jdbc;
  @Autowired private ConsumerFactory<?, ?> consumers;
  @Autowired private Environment environment;

  @Test
  void whatACommittedTransactionWroteReachesItsTopic() {
    var message = message("k1", "{\"n\":1}");

    transactions.executeWithoutResult(_ -> outbox.append(List.of(message)));

    var record = read(1).getFirst();
    assertThat(new String(record.key(), UTF_8)).isEqualTo("k1");
    assertThat(new String(record.value(), UTF_8)).isEqualTo("{\"n\":1}");
    assertThat(new String(record.headers().lastHeader("ce_id").value(), UTF_8))
        .isEqualTo(message.id().toString());
    await().untilAsserted(() -> assertThat(outbox.stillWaiting(Set.of(message.id()))).isEmpty());
  }

  @Test
  void whatARolledBackTransactionWroteDoesNot() {
    transactions.executeWithoutResult(
        transaction -> {
          outbox.append(List.of(message("k2", "{}")));
          transaction.setRollbackOnly();
        });

    assertThat(jdbc.sql("select count(*) from outbox").query(Integer.class).single()).isZero();
  }

  @Test
  void refusesToWriteOutsideATransaction() {
    assertThatThrownBy(() -> outbox.append(List.of(message("k3", "{}"))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aServiceWithoutSagasGetsNoSagaTables() {
    var tables =
        jdbc.sql("select table_name from information_schema.tables where table_schema = 'public'")
            .query(String.class)
            .list();
    assertThat(tables).contains("outbox", "allsquare_messaging_history", "flyway_schema_history");
    assertThat(tables).doesNotContain("saga", "allsquare_saga_history");
  }

  @Test
  void whereManagementHasNoPortOfItsOwnTheOutboxIsShownButNobodyCanRepairIt() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var endpoint =
          URI.create(
              "http://localhost:"
                  + environment.getRequiredProperty("local.server.port")
                  + "/actuator/outbox");
      var shown = http.send(HttpRequest.newBuilder(endpoint).build(), BodyHandlers.ofString());
      var release =
          HttpRequest.newBuilder(URI.create(endpoint + "/release"))
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      "{\"actor\":\"ann\",\"reason\":\"why\",\"topic\":\"t\",\"key\":\"k\"}"))
              .build();

      assertThat(shown.statusCode()).isEqualTo(200);
      assertThat(shown.body()).contains("\"depth\":", "\"shards\":[", "\"parked\":[]");
      assertThat(http.send(release, BodyHandlers.ofString()).body()).contains("unknown-path");
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(int count) {
    var settings = new HashMap<String, Object>(consumers.getConfigurationProperties());
    settings.putAll(
        Map.of(
            "group.id",
            "reader",
            "auto.offset.reset",
            "earliest",
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class));
    var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer =
        new DefaultKafkaConsumerFactory<byte[], byte[]>(settings).createConsumer()) {
      consumer.subscribe(List.of(TOPIC));
      await()
          .untilAsserted(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                assertThat(found).hasSize(count);
              });
    }
    return found;
  }

  private static Message message(String key, String payload) {
    Instant now = Instant.now();
    return new Message(
        Uuid7.next(now), TOPIC, key, "test.v1", "test", null, now, payload, null, null, null);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Service {

    @Bean
    Topics topics() {
      return new Topics(TOPIC);
    }
  }
}
