package dev.allsquare.web;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code Prefer} header (<a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>). */
public final class Preference {

  private Preference() {}

  /** How long the caller wants to wait: at most 30 s; empty when absent, malformed or zero. */
  public static Optional<Duration> waiting(@Nullable String header) {
    throw new UnsupportedOperationException("not yet: " + header);
  }
}
