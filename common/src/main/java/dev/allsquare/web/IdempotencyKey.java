package dev.allsquare.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What makes two requests the same: the key the caller chose, within the caller's scope, and a
 * fingerprint of the body (<a
 * href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">the
 * Idempotency-Key header</a>).
 */
public record IdempotencyKey(String scope, String key, String fingerprint) {

  private static final int LONGEST = 255;
  private static final Pattern BARE = Pattern.compile("[\\x21-\\x7e&&[^\",]]+");
  private static final Pattern QUOTED =
      Pattern.compile("\"([\\x20-\\x7e&&[^\"\\\\]]|\\\\[\"\\\\])+\"");

  // Its own settings, for ever: a fingerprint outlives the release that took it.
  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .changeDefaultPropertyInclusion(StrictJson::withoutNulls)
          .build();

  /**
   * Reads the header, quoted or bare.
   *
   * @param scope operation and caller, such as {@code POST /orders alice}
   * @param body the parsed request; equal requests have equal fingerprints whatever their white
   *     space
   * @throws Problem 400 when the header is missing, empty, malformed or longer than 255 characters
   */
  public static IdempotencyKey of(String scope, @Nullable String header, Object body) {
    return new IdempotencyKey(scope, read(header), fingerprint(body));
  }

  private static String read(@Nullable String header) {
    if (header == null || header.isBlank()) {
      throw refused("This request needs the header Idempotency-Key, such as a fresh UUID.");
    }
    String text = header.strip();
    if (text.length() > 2 * LONGEST + 2) {
      throw tooLong();
    }
    String key = QUOTED.matcher(text).matches() ? unquoted(text) : bare(text);
    if (key.length() > LONGEST) {
      throw tooLong();
    }
    return key;
  }

  private static String unquoted(String text) {
    return text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  private static String bare(String text) {
    if (!BARE.matcher(text).matches()) {
      throw refused("The header Idempotency-Key is one key of printable ASCII, quoted or bare.");
    }
    return text;
  }

  private static Problem tooLong() {
    return refused("The header Idempotency-Key has at most " + LONGEST + " characters.");
  }

  private static Problem refused(String why) {
    return new Problem(HttpStatus.BAD_REQUEST, "invalid-idempotency-key", why);
  }

  private static String fingerprint(Object body) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(CANONICAL.writeValueAsBytes(body));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
