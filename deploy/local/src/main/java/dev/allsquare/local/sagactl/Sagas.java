package dev.allsquare.local.sagactl;

import dev.allsquare.local.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Finds sagas, shows one, repairs one or many. */
final class Sagas {

  private static final Map<String, String> QUERY =
      Map.of(
          "state", "state", "type", "type", "key", "key", "age", "age", "step", "step", "because",
          "reason", "limit", "limit", "after", "after");
  private static final Map<String, String> FILTER =
      Map.of("type", "type", "key", "key", "age", "olderThan", "step", "step", "because", "reason");

  private final ManagementPort port;
  private final PrintStream out;

  Sagas(ManagementPort port, PrintStream out) {
    this.port = port;
    this.out = out;
  }

  void list(Request request) {
    var found = port.get("sagas", request.given(QUERY));
    if (request.has("json")) {
      out.println(found.toPrettyString());
      return;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("SAGA", "TYPE", "KEY", "STATE", "WAITS FOR", "WHY", "SINCE"));
    found.path("items").valueStream().map(Sagas::row).forEach(rows::add);
    out.println(rows.size() == 1 ? "There is none." : new Table(rows));
    var next = found.path("next").asString("");
    if (!next.isEmpty()) {
      out.println("There are more: --after " + next);
    }
  }

  private static List<String> row(JsonNode saga) {
    return List.of(
        Text.of(saga, "id"),
        Text.of(saga, "type"),
        Text.of(saga, "businessKey"),
        Text.of(saga, "state"),
        waitsFor(saga),
        Text.of(saga, Text.has(saga, "parked") ? "parked" : "reason"),
        Text.of(saga, "updatedAt"));
  }

  private static String waitsFor(JsonNode saga) {
    var steps = saga.path("waitingFor").valueStream().map(JsonNode::asString).map(Text::clean);
    var text = steps.collect(Collectors.joining(", "));
    return text.isEmpty() ? "-" : text;
  }

  void show(Request request) {
    out.println(find(request.word()).toPrettyString());
  }

  void explain(Request request) {
    var saga = find(request.word());
    out.println(request.has("json") ? saga.toPrettyString() : Explanation.of(saga));
  }

  void export(Request request) {
    var saga = find(request.word());
    out.println(Bundle.of(saga, port.get("sagas/definitions")).toPrettyString());
  }

  void repair(Request request, Signature by) {
    if (request.has("all")) {
      many(request, by);
    } else {
      one(request, by);
    }
  }

  private void one(Request request, Signature by) {
    int version = Integer.parseInt(checked(request.required("version")));
    var body = new HashMap<String, Object>(by.on(Map.of("version", version)));
    request.option("data").ifPresent(file -> body.put("data", JsonFile.read(file)));
    var id = find(request.word()).path("id").asString();
    port.post("sagas/" + id + "/" + request.name(), body);
    out.println("Done: " + request.name() + " of " + id + ".");
  }

  private static String checked(String version) {
    if (!version.matches("[0-9]{1,9}")) {
      throw new Failure(Failure.MISUNDERSTOOD, "--version is a number; explain tells it.");
    }
    return version;
  }

  private void many(Request request, Signature by) {
    var action = request.name().toUpperCase(Locale.ROOT);
    var body = by.on(Map.of("action", action, "filter", request.given(FILTER)));
    new Jobs(port, out).run("sagas/repairs", body, request, Sagas::sample);
  }

  private static String sample(JsonNode saga) {
    return "%s  %s %s  %s"
        .formatted(
            Text.of(saga, "id"),
            Text.of(saga, "type"),
            Text.of(saga, "businessKey"),
            Text.of(saga, "parked"));
  }

  /** By its id, or by its business key when that has only one. */
  private JsonNode find(String name) {
    if (name.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      var saga = port.find("sagas/" + name);
      if (saga.isPresent()) {
        return saga.get();
      }
    }
    var found = port.get("sagas", Map.of("key", name)).path("items").valueStream().toList();
    return switch (found.size()) {
      case 0 -> throw new Failure(Failure.REFUSED, "There is no saga of " + name + ".");
      case 1 -> port.get("sagas/" + found.getFirst().path("id").asString());
      default ->
          throw new Failure(
              Failure.REFUSED,
              found.stream()
                  .map(Sagas::sample)
                  .collect(Collectors.joining("\n  ", name + " has several; name one:\n  ", "")));
    };
  }
}
