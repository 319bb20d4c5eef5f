package dev.allsquare.web;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Prefer} header (<a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>). */
public final class Preference {

  private static final int LONGEST_WAIT = 30;

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
  private static final String WORD = "(?:" + TOKEN + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\")";

  /** One preference and, unread, its parameters; a word in quotes may hold commas. */
  private static final Pattern NEXT =
      Pattern.compile(
          "\\G[\\s,]*+(?<name>"
              + TOKEN
              + ")(?:\\s*+=\\s*+(?<value>"
              + WORD
              + ")?)?(?:\\s*+;\\s*+(?:"
              + TOKEN
              + "(?:\\s*+=\\s*+"
              + WORD
              + "?)?)?)*+\\s*+(?=,|$)");

  private Preference() {}

  /** How long the caller wants to wait: at most 30 s; empty when absent, malformed or zero. */
  public static Optional<Duration> waiting(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Matcher preference = NEXT.matcher(header);
    while (preference.find()) {
      if (preference.group("name").equalsIgnoreCase("wait")) {
        return seconds(preference.group("value")); // the first one counts, says the RFC
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> seconds(@Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    String digits = value.replace("\"", "");
    if (!digits.matches("\\d+")) {
      return Optional.empty();
    }
    String significant = digits.replaceFirst("^0+", "");
    if (significant.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(capped(significant)));
  }

  private static int capped(String digits) {
    return digits.length() > 2 ? LONGEST_WAIT : Math.min(LONGEST_WAIT, Integer.parseInt(digits));
  }
}
