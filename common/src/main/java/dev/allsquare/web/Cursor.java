package dev.allsquare.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An opaque keyset cursor: the position of a page's last item, wrapped so that callers don't build
 * on what is inside.
 */
public final class Cursor {

  private Cursor() {}

  /** The cursor that stands behind this position, such as an item's id. */
  public static String of(Object position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The position a cursor stands for; null for the first page.
   *
   * @param parse reads the position's text, throwing {@link IllegalArgumentException} when it is
   *     none, such as {@code Long::valueOf}
   * @throws Problem 400 when we never gave out such a cursor
   */
  public static <T> @Nullable T read(@Nullable String after, Function<String, T> parse) {
    if (after == null) {
      return null;
    }
    try {
      String position = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
      if (!Texts.isClean(position)) {
        throw new IllegalArgumentException("not a text");
      }
      return parse.apply(position);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          HttpStatus.BAD_REQUEST,
          "invalid-cursor",
          "'after' must be the 'next' of the page before; leave it out to begin at the start.");
    }
  }
}
