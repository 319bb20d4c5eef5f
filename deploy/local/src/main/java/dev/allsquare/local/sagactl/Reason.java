package dev.allsquare.local.sagactl;

import java.util.regex.Pattern;

/**
 * Why something happened, without what people wrote: codes, and the words of the saga engine. A
 * name alone could be a customer's, so only capitals make a code.
 */
final class Reason {

  private static final String REDACTED = "redacted";
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
  private static final Pattern REPAIR =
      Pattern.compile("(RETRY|SKIP|COMPENSATE|RESUME) by .*", Pattern.DOTALL);

  /** What the engine says itself, and what it may quote behind a colon. */
  private static final Pattern ENGINE =
      Pattern.compile(
          "((?:the compensation of )?\\w+ (?:was not answered in time|was refused|failed in every attempt)"
              + "|its commands could not be written|no code has version \\d+ of \\w+)(?:: (.*))?",
          Pattern.DOTALL);

  private static final String OUTBOX = "its command's key is parked in the outbox";

  private Reason() {}

  static String harmless(String reason) {
    var repair = REPAIR.matcher(reason);
    if (repair.matches()) {
      return repair.group(1);
    }
    var engine = ENGINE.matcher(reason);
    if (engine.matches()) {
      var quoted = engine.group(2);
      return engine.group(1) + (quoted == null ? "" : ": " + code(quoted));
    }
    return code(reason);
  }

  private static String code(String text) {
    return CODE.matcher(text).matches() || text.equals(OUTBOX) ? text : REDACTED;
  }
}
