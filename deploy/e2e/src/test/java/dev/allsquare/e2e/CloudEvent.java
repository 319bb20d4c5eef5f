package dev.allsquare.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Messages whose envelope is as it has to be, whatever is inside. */
final class CloudEvent {

  private CloudEvent() {}

  static ProducerRecord<byte[], byte[]> event(String topic, String type, String payload) {
    var headers = new LinkedHashMap<String, Object>();
    headers.put("content-type", "application/json");
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", newId());
    headers.put("ce_type", type);
    headers.put("ce_source", "e2e");
    headers.put("ce_time", Instant.now());
    return message(topic, newId(), payload, headers);
  }

  /** A command or a reply of a saga that never was. */
  static ProducerRecord<byte[], byte[]> command(String topic, String type, String payload) {
    var message = event(topic, type, payload);
    Map.of(
            "ce_sagaid", newId(),
            "ce_sagatype", "PlaceOrder",
            "ce_step", "authorizePayment",
            "ce_direction", "ACTION",
            "ce_replyto", "order.replies",
            "ce_causationid", newId())
        .forEach((name, value) -> message.headers().add(name, value.toString().getBytes(UTF_8)));
    return message;
  }

  private static ProducerRecord<byte[], byte[]> message(
      String topic, UUID key, String payload, Map<String, Object> headers) {
    var message =
        new ProducerRecord<>(topic, key.toString().getBytes(UTF_8), payload.getBytes(UTF_8));
    headers.forEach((name, value) -> message.headers().add(name, value.toString().getBytes(UTF_8)));
    return message;
  }

  /** A version 7 UUID of this moment. */
  static UUID newId() {
    var random = ThreadLocalRandom.current();
    return new UUID(
        System.currentTimeMillis() << 16 | 0x7000L | random.nextLong(1 << 12),
        Long.MIN_VALUE | random.nextLong() >>> 2);
  }
}
