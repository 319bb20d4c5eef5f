package dev.allsquare.kafka;

import static dev.allsquare.kafka.Headers.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Messages as Kafka records: <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">CloudEvents
 * 1.0 in binary mode</a>, our attributes as extensions.
 */
final class MessageCodec {

  private static final String CONTENT_TYPE = "application/json";
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  ProducerRecord<byte[], byte[]> encode(Message message) {
    var record =
        new ProducerRecord<>(
            message.topic(), message.key().getBytes(UTF_8), message.payload().getBytes(UTF_8));
    put(record, "content-type", CONTENT_TYPE);
    put(record, "ce_specversion", "1.0");
    put(record, "ce_id", message.id());
    put(record, "ce_type", message.type());
    put(record, "ce_source", message.source());
    put(record, "ce_subject", message.subject());
    put(record, "ce_time", message.time());
    put(record, "ce_causationid", message.causationId());
    put(record, "traceparent", message.traceparent());
    if (message.saga() != null) {
      put(record, "ce_sagaid", message.saga().sagaId());
      put(record, "ce_sagatype", message.saga().sagaType());
      put(record, "ce_step", message.saga().step());
      put(record, "ce_direction", message.saga().direction());
      put(record, "ce_replyto", message.saga().replyTo());
    }
    return record;
  }

  Message decode(ConsumerRecord<byte[], byte[]> record) throws NotAMessage {
    var headers = new Headers(record.headers());
    if (!headers.required("ce_specversion").equals("1.0")) {
      throw new NotAMessage("header ce_specversion is not 1.0");
    }
    if (!headers.required("content-type").startsWith(CONTENT_TYPE)) {
      throw new NotAMessage("header content-type is not " + CONTENT_TYPE);
    }
    return new Message(
        id(headers),
        record.topic(),
        text("key", record.key()),
        headers.required("ce_type"),
        headers.required("ce_source"),
        headers.optional("ce_subject"),
        time(headers.required("ce_time")),
        text("payload", record.value()),
        saga(headers),
        headers.optionalUuid("ce_causationid"),
        traceparent(headers.optional("traceparent")));
  }

  /** The inbox is partitioned by the time in the id, so there must be one. */
  private static UUID id(Headers headers) throws NotAMessage {
    UUID id = headers.uuid("ce_id");
    if (!Uuid7.isVersion7(id)) {
      throw new NotAMessage("header ce_id is not a version 7 UUID");
    }
    return id;
  }

  private static Instant time(String value) throws NotAMessage {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw new NotAMessage("header ce_time is not an RFC 3339 time: " + e.getMessage());
    }
  }

  private static @Nullable SagaContext saga(Headers headers) throws NotAMessage {
    UUID sagaId = headers.optionalUuid("ce_sagaid");
    return sagaId == null
        ? null
        : new SagaContext(
            sagaId,
            headers.required("ce_sagatype"),
            headers.required("ce_step"),
            direction(headers.required("ce_direction")),
            headers.required("ce_replyto"));
  }

  private static Direction direction(String value) throws NotAMessage {
    for (Direction direction : Direction.values()) {
      if (direction.name().equals(value)) {
        return direction;
      }
    }
    throw new NotAMessage("header ce_direction is neither ACTION nor COMPENSATION");
  }

  /** W3C asks to go on without a trace context that does not parse. */
  private static @Nullable String traceparent(@Nullable String value) {
    return value != null && TRACEPARENT.matcher(value).matches() ? value : null;
  }

  private static void put(
      ProducerRecord<byte[], byte[]> record, String name, @Nullable Object value) {
    if (value != null) {
      record.headers().add(name, value.toString().getBytes(UTF_8));
    }
  }
}
