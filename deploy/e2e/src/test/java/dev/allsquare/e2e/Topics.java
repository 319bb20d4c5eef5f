package dev.allsquare.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reads and spoils the log as anyone could who reaches the broker. */
record Topics(String bootstrapServers) {

  static final List<String> CONSUMED =
      List.of("inventory.commands", "payment.commands", "order.replies", "inventory.products");

  static final List<String> EVENTS = List.of("order.events", "payment.events", "inventory.events");

  /** Where the topic ends now. */
  Map<TopicPartition, Long> ends(String topic) {
    try (var consumer = consumer()) {
      return consumer.endOffsets(partitions(consumer, topic));
    }
  }

  /** Everything between those ends and now, oldest first within each partition. */
  List<ConsumerRecord<byte[], byte[]>> since(String topic, Map<TopicPartition, Long> from) {
    try (var consumer = consumer()) {
      var partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      partitions.forEach(each -> consumer.seek(each, from.getOrDefault(each, 0L)));
      return readUpTo(consumer, consumer.endOffsets(partitions));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> readUpTo(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(Duration.ofMillis(200)).forEach(records::add);
    }
    return records;
  }

  /** Writes these bytes into every partition of the topic, once. */
  void spoil(String topic, byte[] garbage) {
    send(
        IntStream.range(0, partitionsOf(topic))
            .mapToObj(partition -> new ProducerRecord<>(topic, partition, garbage, garbage))
            .toList());
  }

  /** Writes the records again, as they are, in this order. */
  void repeat(List<ConsumerRecord<byte[], byte[]>> records) {
    send(
        records.stream()
            .map(
                each ->
                    new ProducerRecord<>(
                        each.topic(), each.partition(), each.key(), each.value(), each.headers()))
            .toList());
  }

  void send(List<ProducerRecord<byte[], byte[]>> records) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (var sent : records.stream().map(producer::send).toList()) {
        sent.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  int partitionsOf(String topic) {
    try (var consumer = consumer()) {
      return consumer.partitionsFor(topic).size();
    }
  }

  static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Collection<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(each -> new TopicPartition(topic, each.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", 10_000),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
