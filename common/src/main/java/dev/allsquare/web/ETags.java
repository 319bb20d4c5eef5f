package dev.allsquare.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Versions as entity tags, and what a caller makes depend on them. */
public final class ETags {

  private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

  private ETags() {}

  /** The entity tag of this version. */
  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * Checks {@code If-Match}; absent, anything goes.
   *
   * @param current the version there is, null when there is none
   * @throws Problem 412 when the caller has seen another version
   */
  public static void requireMatch(@Nullable String ifMatch, @Nullable Long current) {
    if (ifMatch == null || matches(ifMatch, current)) {
      return;
    }
    throw new Problem(
        HttpStatus.PRECONDITION_FAILED,
        "version-mismatch",
        current == null
            ? "If-Match was given, but there is nothing here yet."
            : "The version is " + of(current) + " by now: read it again, then decide again.");
  }

  private static boolean matches(String ifMatch, @Nullable Long current) {
    if (current == null) {
      return false;
    }
    if (ifMatch.strip().equals("*")) {
      return true;
    }
    // If-Match compares strongly: a weak tag never matches.
    return TAG.matcher(ifMatch)
        .results()
        .anyMatch(tag -> tag.group(1) == null && tag.group(2).equals(current.toString()));
  }
}
