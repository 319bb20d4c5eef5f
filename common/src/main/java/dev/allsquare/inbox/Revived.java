package dev.allsquare.inbox;

import dev.allsquare.inbox.Headers.Header;
import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A dead letter as the message it was. */
final class Revived {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, String> headers;

  private Revived(Map<String, String> headers) {
    this.headers = headers;
  }

  static Message message(DeadLetter letter, @Nullable String payload) {
    if (letter.cause().equals(Cause.GARBAGE.name())) {
      throw new NotRedrivable("It never was a message: discard it, and have it sent properly.");
    }
    var kept = List.of(JSON.readValue(letter.headers(), Header[].class));
    try {
      return new Revived(
              kept.stream()
                  .filter(header -> header.value() != null)
                  .collect(
                      Collectors.toMap(Header::name, header -> String.valueOf(header.value()))))
          .message(letter, payload == null ? letter.payload() : payload, letter.key());
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new NotRedrivable("Its headers cannot be read: " + e.getMessage());
    }
  }

  private Message message(DeadLetter letter, @Nullable String payload, @Nullable String key) {
    if (payload == null || key == null) {
      throw new NotRedrivable("It has no key or no payload.");
    }
    return new Message(
        letter.id(),
        letter.topic(),
        key,
        required("ce_type"),
        required("ce_source"),
        headers.get("ce_subject"),
        Instant.parse(required("ce_time")),
        payload,
        saga(),
        uuid(headers.get("ce_causationid")),
        headers.get("traceparent"));
  }

  private @Nullable SagaContext saga() {
    var sagaId = uuid(headers.get("ce_sagaid"));
    return sagaId == null
        ? null
        : new SagaContext(
            sagaId,
            required("ce_sagatype"),
            required("ce_step"),
            Direction.valueOf(required("ce_direction")),
            required("ce_replyto"));
  }

  private static @Nullable UUID uuid(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }

  private String required(String name) {
    var value = headers.get(name);
    if (value == null) {
      throw new NotRedrivable("Its header " + name + " is missing.");
    }
    return value;
  }
}
