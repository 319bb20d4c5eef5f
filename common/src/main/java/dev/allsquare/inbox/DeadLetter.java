package dev.allsquare.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as an operator sees it.
 *
 * @param key as text; what is no text shows as replacement characters
 * @param headers JSON
 * @param payload as text, like the key
 */
public record DeadLetter(
    long seq,
    UUID id,
    String topic,
    @Nullable Integer partition,
    @Nullable Long offset,
    @Nullable String key,
    String cause,
    String why,
    Instant at,
    @JsonRawValue String headers,
    @Nullable String payload) {

  static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }
}
