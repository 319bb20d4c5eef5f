package dev.allsquare.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final MessageCodec codec = new MessageCodec();

  @Test
  void aMessageComesBackAsItWas() throws NotAMessage {
    assertThat(codec.decode(received(codec.encode(full())))).isEqualTo(full());
    assertThat(codec.decode(received(codec.encode(bare())))).isEqualTo(bare());
  }

  @Test
  void theHeadersAreThoseOfCloudEventsInBinaryMode() {
    var headers = new TreeMap<String, String>();
    for (Header header : codec.encode(full()).headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }

    assertThat(headers)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("ce_id", "019aaaaa-0000-7000-8000-000000000001"),
                Map.entry("ce_source", "order-service"),
                Map.entry("ce_specversion", "1.0"),
                Map.entry("ce_type", "payment.authorize.v1"),
                Map.entry("ce_subject", "order 1"),
                Map.entry("ce_time", "2026-01-02T03:04:05.123456Z"),
                Map.entry("ce_sagaid", "019aaaaa-0000-7000-8000-000000000002"),
                Map.entry("ce_sagatype", "PlaceOrder"),
                Map.entry("ce_step", "authorizePayment"),
                Map.entry("ce_direction", "ACTION"),
                Map.entry("ce_replyto", "order.replies"),
                Map.entry("ce_causationid", "019aaaaa-0000-7000-8000-000000000003"),
                Map.entry("traceparent", TRACE),
                Map.entry("content-type", "application/json")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ce_id",
        "ce_type",
        "ce_source",
        "ce_time",
        "ce_specversion",
        "content-type",
        "ce_sagatype",
        "ce_step",
        "ce_direction",
        "ce_replyto"
      })
  void isNoMessageWithout(String header) {
    var record = codec.encode(full());
    record.headers().remove(header);

    assertThatThrownBy(() -> codec.decode(received(record)))
        .isInstanceOf(NotAMessage.class)
        .hasMessageContaining(header);
  }

  @ParameterizedTest
  @CsvSource({
    "ce_id, 1-1-1-1-1",
    "ce_id, 0f8fad5b-d9cb-469f-a165-70867728950e",
    "ce_id, ''",
    "ce_id, x",
    "ce_specversion, 0.3",
    "ce_time, yesterday",
    "ce_direction, SIDEWAYS",
    "ce_sagaid, 7",
    "ce_causationid, 7",
    "content-type, text/plain",
  })
  void isNoMessageWith(String header, String value) {
    var record = codec.encode(full());
    record.headers().remove(header);
    record.headers().add(header, value.getBytes(UTF_8));

    assertThatThrownBy(() -> codec.decode(received(record)))
        .isInstanceOf(NotAMessage.class)
        .hasMessageContaining(header);
  }

  @Test
  void isNoMessageWithAHeaderTwiceOrOfOtherBytes() {
    var twice = codec.encode(full());
    twice.headers().add("ce_type", "other.v1".getBytes(UTF_8));
    var bytes = codec.encode(bare());
    bytes.headers().add("ce_subject", new byte[] {(byte) 0xc3, 0x28});
    var nothing = codec.encode(bare());
    nothing.headers().add("ce_subject", null);

    assertThatThrownBy(() -> codec.decode(received(twice))).hasMessageContaining("twice");
    assertThatThrownBy(() -> codec.decode(received(bytes))).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> codec.decode(received(nothing))).hasMessageContaining("null");
  }

  @Test
  void aTraceContextThatDoesNotParseIsLeftOut() throws NotAMessage {
    var record = codec.encode(bare());
    record.headers().add("traceparent", "garbage".getBytes(UTF_8));

    assertThat(codec.decode(received(record))).isEqualTo(bare());
  }

  private static Message full() {
    return new Message(
        UUID.fromString("019aaaaa-0000-7000-8000-000000000001"),
        "payment.commands",
        "key ü",
        "payment.authorize.v1",
        "order-service",
        "order 1",
        Instant.parse("2026-01-02T03:04:05.123456Z"),
        "{\"name\":\"Grüße\"}",
        new SagaContext(
            UUID.fromString("019aaaaa-0000-7000-8000-000000000002"),
            "PlaceOrder",
            "authorizePayment",
            Direction.ACTION,
            "order.replies"),
        UUID.fromString("019aaaaa-0000-7000-8000-000000000003"),
        TRACE);
  }

  private static Message bare() {
    return new Message(
        UUID.fromString("019aaaaa-0000-7000-8000-000000000009"),
        "inventory.products",
        "TEA-001",
        "inventory.product.v1",
        "inventory-service",
        null,
        Instant.parse("2026-01-02T03:04:05Z"),
        "{}",
        null,
        null,
        null);
  }

  private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
    return new ConsumerRecord<>(
        sent.topic(),
        0,
        0L,
        0L,
        TimestampType.CREATE_TIME,
        0,
        0,
        sent.key(),
        sent.value(),
        sent.headers(),
        Optional.empty());
  }
}
