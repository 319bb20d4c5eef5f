package dev.allsquare.local.sagactl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A bundle as a talk with the saga's table, in the words of common's test kit. Waiting times are
 * not taken over: the table's own decide, so that other settings make no other talk.
 */
final class Dialogue {

  private final List<String> lines = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();
  private final Map<String, Step> commanded = new HashMap<>();
  private String repairedAt = "";
  private String triggeredAt = "";

  private Dialogue() {}

  /** The lines behind {@code Dialogue.start(…)}, up to where the saga stands. */
  static List<String> of(JsonNode saga) {
    var dialogue = new Dialogue();
    saga.path("timeline").valueStream().forEach(dialogue::hear);
    dialogue.expect();
    return dialogue.lines;
  }

  private void hear(JsonNode moment) {
    switch (Text.of(moment, "what")) {
      case "COMMANDED" -> commanded(moment);
      case "RESENT" -> resent(moment);
      case "REPLIED", "REPLIED_LATE" -> replied(moment);
      case "TIMED_OUT" -> say(moment, "timesOut(" + Java.quoted(Step.of(moment).toString()) + ")");
      case "TURNED_ROUND" -> turned(moment);
      case "REPAIRED" -> repaired(moment);
      default -> {} // follows from the rest
    }
  }

  /** A further attempt that no operator wanted is what time has brought. */
  private void commanded(JsonNode moment) {
    var step = Step.of(moment);
    commanded.put(Text.of(moment, "commandId"), step);
    if (step.attempt() > 1 && !Text.of(moment, "at").equals(repairedAt)) {
      say(moment, "inTime(" + Java.quoted(step.toString()) + ")");
    } else {
      commands.add(step.toString());
    }
  }

  private void resent(JsonNode moment) {
    if (Text.of(moment, "at").equals(repairedAt)) {
      commands.add(Step.of(moment) + " again");
    }
  }

  private void replied(JsonNode moment) {
    var step = commanded.getOrDefault(Text.of(moment, "commandId"), Step.of(moment));
    var name = Java.quoted(step.toString());
    var reason = Java.quoted(Text.has(moment, "reason") ? Text.of(moment, "reason") : "REFUSED");
    switch (Text.of(moment, "verdict")) {
      case "DONE" -> say(moment, "done(" + name + ")");
      case "REFUSED" -> say(moment, "refused(" + name + ", " + reason + ")");
      default -> say(moment, "failed(" + name + ")");
    }
  }

  /** Whatever else was heard in that transaction turned it; alone, it was told to. */
  private void turned(JsonNode moment) {
    if (!Text.of(moment, "at").equals(triggeredAt)) {
      say(moment, "turnRound(" + Java.quoted(Text.of(moment, "reason")) + ")");
    }
  }

  private void repaired(JsonNode moment) {
    repairedAt = Text.of(moment, "at");
    switch (Reason.harmless(Text.of(moment, "reason"))) {
      case "RETRY" -> say(moment, "retry()");
      case "SKIP" -> say(moment, "skip()");
      case "COMPENSATE" -> say(moment, "compensate()");
      default -> say(moment, "resume()");
    }
  }

  private void say(JsonNode moment, String line) {
    triggeredAt = Text.of(moment, "at");
    expect();
    lines.add("." + line);
  }

  private void expect() {
    if (!commands.isEmpty()) {
      var names = commands.stream().map(Java::quoted).collect(Collectors.joining(", "));
      lines.add(".expect(" + names + ")");
      commands.clear();
    }
  }
}
