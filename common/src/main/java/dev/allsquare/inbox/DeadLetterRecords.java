package dev.allsquare.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Dead letters as rows of the table, and as records of the dead-letter topics. */
final class DeadLetterRecords {

  /** The wire identity of garbage on a dead-letter topic. */
  static final String GARBAGE_TYPE = "deadletter.garbage.v1";

  private static final String SUFFIX = ".dlt";

  /** The row keeps all bytes; the record, grown by base64, must stay below the log's limit. */
  private static final int PAYLOAD_ON_TOPIC = 64 * 1024;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Clock clock;
  private final String source;

  DeadLetterRecords(Clock clock, String source) {
    this.clock = clock;
    this.source = source;
  }

  DeadLetterRow rowOf(Message message, Cause cause, String why) {
    return new DeadLetterRow(
        message.id(),
        message.topic(),
        null,
        null,
        message.key().getBytes(UTF_8),
        JSON.writeValueAsString(Headers.of(message)),
        message.payload().getBytes(UTF_8),
        cause,
        Text.storable(why),
        clock.instant());
  }

  DeadLetterRow rowOf(Garbage garbage) {
    return new DeadLetterRow(
        idOf(garbage),
        garbage.topic(),
        garbage.partition(),
        garbage.offset(),
        garbage.key(),
        JSON.writeValueAsString(Headers.of(garbage)),
        garbage.payload(),
        Cause.GARBAGE,
        Text.storable(garbage.why()),
        clock.instant());
  }

  /** The message itself, on the dead-letter topic of its topic. */
  Message recordOf(Message message) {
    SagaContext saga = message.saga();
    return new Message(
        message.id(),
        message.topic() + SUFFIX,
        clean(message.key()),
        clean(message.type()),
        clean(message.source()),
        message.subject() == null ? null : clean(message.subject()),
        message.time(),
        clean(message.payload()),
        saga == null ? null : clean(saga),
        message.causationId(),
        message.traceparent() == null ? null : clean(message.traceparent()));
  }

  /** A message that tells of the garbage, since garbage cannot be a message. */
  Message recordOf(Garbage garbage, UUID id) {
    return new Message(
        id,
        garbage.topic() + SUFFIX,
        garbage.topic() + "-" + garbage.partition(),
        GARBAGE_TYPE,
        source,
        null,
        clock.instant(),
        JSON.writeValueAsString(description(garbage)),
        null,
        null,
        null);
  }

  private static Map<String, Object> description(Garbage garbage) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("topic", garbage.topic());
    fields.put("partition", garbage.partition());
    fields.put("offset", garbage.offset());
    fields.put("why", Text.storable(garbage.why()));
    byte[] payload = garbage.payload();
    if (payload != null) {
      fields.put("payloadBytes", payload.length);
      fields.put(
          "payloadBase64",
          Base64.getEncoder()
              .encodeToString(Arrays.copyOf(payload, Math.min(payload.length, PAYLOAD_ON_TOPIC))));
    }
    return fields;
  }

  /** The same record of the log has the same id, however often it is delivered. */
  private static UUID idOf(Garbage garbage) {
    String place = garbage.topic() + "-" + garbage.partition() + "@" + garbage.offset();
    return Uuid7.derived(Instant.EPOCH, place + "#" + Arrays.hashCode(garbage.payload()));
  }

  private static String clean(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static SagaContext clean(SagaContext saga) {
    return new SagaContext(
        saga.sagaId(),
        clean(saga.sagaType()),
        clean(saga.step()),
        saga.direction(),
        clean(saga.replyTo()));
  }
}
