package dev.allsquare.web;

import org.jspecify.annotations.Nullable;

/** What text may come in: PostgreSQL stores neither NUL nor half a surrogate pair. */
final class Texts {

  private Texts() {}

  static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Enough of a caller's text to recognise it in a message. */
  static String abbreviated(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
