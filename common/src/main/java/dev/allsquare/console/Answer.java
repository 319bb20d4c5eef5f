package dev.allsquare.console;

import org.jspecify.annotations.Nullable;

/** What a service's management port answered. */
sealed interface Answer<T> {

  /** It did what it was asked for. */
  record Given<T>(T value) implements Answer<T> {}

  /**
   * It said no.
   *
   * @param why in words for people
   */
  record Refused<T>(int status, String why) implements Answer<T> {}

  /** It said nothing. */
  record Silence<T>(String why) implements Answer<T> {}

  /** The value, or nothing. */
  default @Nullable T orNull() {
    return this instanceof Given<T>(var value) ? value : null;
  }

  /** Why there is no value, in words. */
  default @Nullable String trouble() {
    return switch (this) {
      case Given<T> _ -> null;
      case Refused<T>(_, var why) -> why;
      case Silence<T>(var why) -> why;
    };
  }
}
