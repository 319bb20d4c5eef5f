package dev.allsquare.outbox;

import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** Messages to test with. */
final class Messages {

  static final String TOPIC = "outbox.test";

  private Messages() {}

  static Message message(String key, String payload) {
    return message(TOPIC, key, payload);
  }

  static Message message(String topic, String key, String payload) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return new Message(
        Uuid7.next(now), topic, key, "test.v1", "test", null, now, payload, null, null, null);
  }

  /** Messages 0, 1, 2 … of one key; the number is the payload. */
  static List<Message> numbered(String key, int count) {
    return IntStream.range(0, count).mapToObj(n -> message(key, String.valueOf(n))).toList();
  }
}
