package dev.allsquare.local.sagactl;

import dev.allsquare.local.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Dead letters and parked keys: shown, and dealt with. */
final class Letters {

  private static final Map<String, String> QUERY =
      Map.of("topic", "topic", "limit", "limit", "before", "before");
  private static final Map<String, String> FILTER =
      Map.of("topic", "topic", "cause", "cause", "age", "olderThan", "because", "why");

  private final ManagementPort port;
  private final PrintStream out;

  Letters(ManagementPort port, PrintStream out) {
    this.port = port;
    this.out = out;
  }

  void list(Request request) {
    var found = port.get("deadletters", request.given(QUERY));
    if (request.has("json")) {
      out.println(found.toPrettyString());
      return;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("LETTER", "TOPIC", "CAUSE", "WHY", "SINCE"));
    found.path("items").valueStream().map(Letters::row).forEach(rows::add);
    out.println(rows.size() == 1 ? "There is none." : new Table(rows));
    if (found.path("next").isNumber()) {
      out.println("There are more: --before " + found.path("next").asLong());
    }
  }

  private static List<String> row(JsonNode letter) {
    return List.of(
        String.valueOf(letter.path("seq").asLong()),
        Text.of(letter, "topic"),
        Text.of(letter, "cause"),
        Text.of(letter, "why"),
        Text.of(letter, "at"));
  }

  void show(Request request) {
    out.println(port.get("deadletters/" + seq(request)).toPrettyString());
  }

  void deal(Request request, Signature by) {
    if (request.has("all")) {
      var action = request.name().toUpperCase(Locale.ROOT);
      var body = by.on(Map.of("action", action, "filter", request.given(FILTER)));
      new Jobs(port, out)
          .run("deadletters/repairs", body, request, it -> String.join("  ", row(it)));
      return;
    }
    var body = new HashMap<>(by.on(Map.of()));
    request.option("payload").ifPresent(file -> body.put("payload", JsonFile.read(file)));
    port.post("deadletters/" + seq(request) + "/" + request.name(), body);
    out.println("Done: " + request.name() + " of dead letter " + request.word() + ".");
  }

  private static String seq(Request request) {
    if (!request.word().matches("[0-9]{1,18}")) {
      throw new Failure(Failure.MISUNDERSTOOD, "A dead letter is called by its number.");
    }
    return request.word();
  }

  void keys(Request request) {
    var parked = port.get("outbox").path("parked");
    if (request.has("json")) {
      out.println(parked.toPrettyString());
      return;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("TOPIC", "KEY", "MESSAGES", "WHY", "SINCE"));
    parked.valueStream().map(Letters::key).forEach(rows::add);
    out.println(rows.size() == 1 ? "There is none." : new Table(rows));
  }

  private static List<String> key(JsonNode parked) {
    return List.of(
        Text.of(parked, "topic"),
        Text.of(parked, "key"),
        String.valueOf(parked.path("messages").asLong()),
        Text.of(parked, "reason"),
        Text.of(parked, "since"));
  }

  void release(Request request, Signature by) {
    var topic = request.words().getFirst();
    var key = request.words().getLast();
    port.post("outbox/release", by.on(Map.of("topic", topic, "key", key)));
    out.println("Done: what " + key + " holds back goes to " + topic + ".");
  }
}
