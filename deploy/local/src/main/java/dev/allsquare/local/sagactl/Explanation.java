package dev.allsquare.local.sagactl;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** One saga in words: where it stands, what it waits for, what happened, what can be done. */
final class Explanation {

  private final JsonNode saga;
  private final List<String> lines = new ArrayList<>();

  private Explanation(JsonNode saga) {
    this.saga = saga;
  }

  static String of(JsonNode saga) {
    var explanation = new Explanation(saga);
    explanation.state();
    explanation.timeline();
    explanation.repairs();
    explanation.whatCanBeDone();
    return String.join(System.lineSeparator(), explanation.lines);
  }

  private void state() {
    lines.add("%s %s of %s".formatted(text("type"), text("id"), text("businessKey")));
    lines.add("  " + text("state") + why());
    saga.path("waitingFor")
        .valueStream()
        .map(JsonNode::asString)
        .forEach(step -> lines.add("  waits for " + Text.clean(step) + behind(step)));
    if (Text.has(saga, "nextTimer")) {
      lines.add("  is looked after at " + text("nextTimer"));
    }
    lines.add("  version " + text("version") + ", definition " + text("definition"));
  }

  private String why() {
    if (Text.has(saga, "parked")) {
      return ", going " + direction() + ": " + text("parked");
    }
    return Text.has(saga, "reason") ? ", turned round by " + text("reason") : "";
  }

  private String direction() {
    return text("direction").equals("ACTION") ? "forward" : "back";
  }

  /** How far those who should answer are behind. */
  private String behind(String step) {
    return saga.path("waits")
        .valueStream()
        .filter(wait -> wait.path("step").asString().equals(step))
        .map(Explanation::behind)
        .collect(Collectors.joining());
  }

  private static String behind(JsonNode wait) {
    var topic = Text.of(wait, "topic");
    if (Text.has(wait, "trouble")) {
      return "; who reads %s is not known: %s".formatted(topic, Text.of(wait, "trouble"));
    }
    return wait.path("consumers")
        .valueStream()
        .map(
            it ->
                "; %s has %d messages of %s before it"
                    .formatted(Text.of(it, "group"), it.path("lag").asLong(), topic))
        .collect(Collectors.joining());
  }

  private void timeline() {
    lines.add("");
    var started = saga.path("createdAt").asString();
    var moments = saga.path("timeline").valueStream().toList();
    for (var moment : moments) {
      var at = Text.of(moment, "at");
      lines.add("  %10s  %s  %s".formatted(since(started, at), at, happened(moment)));
    }
  }

  private static String since(String start, String at) {
    var millis = Duration.between(Instant.parse(start), Instant.parse(at)).toMillis();
    return String.format(Locale.ROOT, "+%.3f s", Math.max(0, millis) / 1e3);
  }

  private static String happened(JsonNode moment) {
    var words = new ArrayList<String>();
    words.add(Text.of(moment, "what").toLowerCase(Locale.ROOT).replace('_', ' '));
    if (Text.has(moment, "step")) {
      words.add(Step.of(moment).toString());
    }
    for (var more : List.of("verdict", "reason")) {
      if (Text.has(moment, more)) {
        words.add(Text.of(moment, more));
      }
    }
    return String.join(" ", words);
  }

  private void repairs() {
    saga.path("repairs")
        .valueStream()
        .map(
            it ->
                "  %s by %s at %s: %s"
                    .formatted(
                        Text.of(it, "action"),
                        Text.of(it, "actor"),
                        Text.of(it, "at"),
                        Text.of(it, "reason")))
        .forEach(lines::add);
  }

  private void whatCanBeDone() {
    if (text("state").equals("PARKED")) {
      lines.add("");
      lines.add("When the cause is gone (resume, skip and compensate are given the same):");
      lines.add(
          "  deploy/local/sagactl retry %s --version %s --reason '…'"
              .formatted(text("id"), text("version")));
    }
  }

  private String text(String field) {
    return Text.of(saga, field);
  }
}
