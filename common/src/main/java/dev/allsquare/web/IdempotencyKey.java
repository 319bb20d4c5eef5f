package dev.allsquare.web;

/**
 * What makes two requests the same: the key the caller chose, within the caller's scope, and a
 * fingerprint of the body (<a
 * href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">the
 * Idempotency-Key header</a>).
 */
public record IdempotencyKey(String scope, String key, String fingerprint) {

  /**
   * Reads the header, quoted or bare.
   *
   * @param scope operation and caller, such as {@code POST /orders alice}
   * @param body the parsed request; equal requests have equal fingerprints whatever their white
   *     space
   * @throws Problem 400 when the header is missing, empty, malformed or longer than 255 characters
   */
  public static IdempotencyKey of(
      String scope, @org.jspecify.annotations.Nullable String header, Object body) {
    throw new UnsupportedOperationException("not yet: " + scope + header + body);
  }
}
