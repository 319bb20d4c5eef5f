package dev.allsquare.benchmarks.kit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Sees what arrives on a topic that it makes: each event's first arrival, and in what order. */
final class TopicReader implements AutoCloseable {

  private static final int PARTITIONS = 12;
  private static final Pattern NUMBER =
      Pattern.compile("\"n\\\\?\": ?(\\d+),.*?key\\\\?\": ?\\\\?\"(\\w+)");

  private final KafkaConsumer<String, String> consumer;
  private final LongConsumer arrived;
  private final Map<Long, Boolean> seen = new ConcurrentHashMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final AtomicLong disorder = new AtomicLong();

  TopicReader(Setup setup, String topic, LongConsumer arrived)
      throws ExecutionException, InterruptedException {
    this.arrived = arrived;
    var broker = Map.<String, Object>of("bootstrap.servers", setup.kafka());
    try (var admin = Admin.create(broker)) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    }
    var settings = new HashMap<>(broker);
    settings.putAll(Map.of("auto.offset.reset", "earliest", "max.poll.records", 5_000));
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    consumer.assign(
        IntStream.range(0, PARTITIONS).mapToObj(i -> new TopicPartition(topic, i)).toList());
    Thread.ofPlatform().name("topic-reader").start(this::read);
  }

  /** How many different events have arrived. */
  long count() {
    return seen.size();
  }

  /** How many first arrivals were older than what their key had shown before. */
  long disorder() {
    return disorder.get();
  }

  private void read() {
    try {
      while (true) {
        consumer.poll(Duration.ofMillis(100)).forEach(this::look);
      }
    } catch (WakeupException e) {
      consumer.close();
    }
  }

  private void look(ConsumerRecord<String, String> message) {
    var found = NUMBER.matcher(message.value());
    if (found.find()) {
      look(Long.parseLong(found.group(1)), found.group(2));
    }
  }

  private void look(long n, String key) {
    if (seen.put(n, true) == null) {
      arrived.accept(n);
      if (newest.merge(key, n, Math::max) > n) {
        disorder.incrementAndGet();
      }
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
  }
}
