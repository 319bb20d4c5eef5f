package dev.allsquare.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.testing.RealInfrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = {
      "spring.application.name=listeners-test",
      "allsquare.kafka.partitions=1",
      "allsquare.kafka.first-retry=20ms"
    })
@ContextConfiguration(initializers = RealInfrastructure.class)
class ListenersTest {

  private static final String TOPIC = "listeners.commands";

  @Autowired private Recorder recorder;
  @Autowired private JdbcClient jdbc;
  @Autowired private MessageCodec codec;
  private final KafkaTemplate<byte[], byte[]> kafka;

  ListenersTest(@Autowired ProducerFactory<?, ?> configured) {
    kafka =
        new KafkaTemplate<>(
            new DefaultKafkaProducerFactory<>(
                ClientSettings.producer(configured.getConfigurationProperties())));
  }

  @BeforeEach
  void forget() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    recorder.seen.clear();
  }

  @Test
  void givesTheHandlerWhatTheTopicHasInItsOrder() {
    var messages =
        IntStream.range(0, 700).mapToObj(n -> message("k", "{\"n\":" + n + "}")).toList();

    messages.forEach(message -> send(codec.encode(message)));

    await().untilAsserted(() -> assertThat(recorder.seen).isEqualTo(messages));
    assertThat(recorder.largestBatch.get()).isBetween(2, 500);
  }

  @Test
  void garbageBecomesADeadLetterOnceAndThePartitionGoesOn() {
    long before = deadLetters();
    var garbage = garbage();
    var good = List.of(message("k", "{}"), message("k", "{}"));

    send(codec.encode(good.getFirst()));
    garbage.forEach(this::send);
    send(codec.encode(good.getLast()));

    await().untilAsserted(() -> assertThat(recorder.seen).isEqualTo(good));
    await().untilAsserted(() -> assertThat(deadLetters()).isEqualTo(before + garbage.size()));
    await().untilAsserted(() -> assertThat(outbox()).isZero());
  }

  @Test
  void aFailingDatabaseMakesTheSameBatchComeAgainUntilItWorks() {
    long before = deadLetters();
    recorder.failures.set(6);
    var messages = List.of(message("k", "{\"n\":1}"), message("k", "{\"n\":2}"));

    messages.forEach(message -> send(codec.encode(message)));

    await().untilAsserted(() -> assertThat(recorder.seen).isEqualTo(messages));
    assertThat(recorder.failures.get()).isNegative();
    assertThat(deadLetters()).isEqualTo(before);
  }

  private static List<ProducerRecord<byte[], byte[]>> garbage() {
    var codec = new MessageCodec();
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    records.add(new ProducerRecord<>(TOPIC, null, null));
    records.add(new ProducerRecord<>(TOPIC, new byte[0], new byte[0]));
    records.add(new ProducerRecord<>(TOPIC, new byte[] {(byte) 0xff}, new byte[] {0, 1, 2}));
    records.add(changed(codec, "ce_id", "not a UUID"));
    records.add(changed(codec, "ce_id", "1-1-1-1-1"));
    records.add(changed(codec, "ce_id", "0f8fad5b-d9cb-469f-a165-70867728950e"));
    records.add(changed(codec, "ce_time", "yesterday"));
    records.add(changed(codec, "ce_type", "nul\0"));
    var tombstone = codec.encode(message("k", "{}"));
    records.add(new ProducerRecord<>(TOPIC, null, tombstone.key(), null, tombstone.headers()));
    return records;
  }

  private static ProducerRecord<byte[], byte[]> changed(
      MessageCodec codec, String header, String value) {
    var record = codec.encode(message("k", "{}"));
    record.headers().remove(header);
    record.headers().add(header, value.getBytes(UTF_8));
    return record;
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    assertThat(kafka.send(record)).succeedsWithin(30, TimeUnit.SECONDS);
  }

  private long deadLetters() {
    return jdbc.sql("select count(*) from dead_letter").query(Long.class).single();
  }

  private long outbox() {
    return jdbc.sql("select count(*) from outbox").query(Long.class).single();
  }

  private static Message message(String key, String payload) {
    Instant now = Instant.now();
    return new Message(
        Uuid7.next(now), TOPIC, key, "test.v1", "test", null, now, payload, null, null, null);
  }

  static final class Recorder implements MessageHandler {

    final List<Message> seen = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();
    final AtomicInteger largestBatch = new AtomicInteger();

    @Override
    public String topic() {
      return TOPIC;
    }

    @Override
    public void handle(List<Message> batch) {
      if (failures.getAndDecrement() > 0) {
        throw new TransientDataAccessResourceException("the database is away");
      }
      largestBatch.accumulateAndGet(batch.size(), Math::max);
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
