package dev.allsquare.local.sagactl;

import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The test that a bundle becomes: it lives the saga through again, and then wants its end. */
final class TestSource {

  private static final Map<String, String> PACKAGES =
      Map.of(
          "PlaceOrder", "dev.allsquare.order.placing",
          "CancelOrder", "dev.allsquare.order.cancelling");

  private TestSource() {}

  /**
   * Java source.
   *
   * @throws Failure when the file is no bundle, or is of a saga whose table nobody knows
   */
  static String of(Request request) {
    var bundle = JsonFile.read(request.word());
    if (!Text.of(bundle, "format").equals(Bundle.FORMAT)) {
      throw new Failure(Failure.MISUNDERSTOOD, request.word() + " was not made by export.");
    }
    var saga = bundle.path("saga");
    var type = identifier(Text.of(saga, "type"));
    return """
      package %s;

      import dev.allsquare.saga.Dialogue;
      import org.junit.jupiter.api.Test;

      /** %s %s, version %s of its definition. */
      class %s {

        @Test
        void theSagaComesToItsEnd() {
          Dialogue.start(%s)
      %s;
        }
      }
      """
        .formatted(
            request.option("package").orElseGet(() -> knownPackage(type)),
            type,
            Text.of(saga, "id"),
            Text.of(saga, "definition"),
            request.option("class").orElse(type + "BundleTest"),
            request.option("saga").orElseGet(() -> table(type, bundle.path("definition"))),
            lines(saga));
  }

  private static String identifier(String type) {
    if (!type.matches("\\w+")) {
      throw new Failure(Failure.MISUNDERSTOOD, "A saga cannot be called " + type + ".");
    }
    return type;
  }

  private static String knownPackage(String type) {
    var known = PACKAGES.get(type);
    if (known == null) {
      throw new Failure(
          Failure.MISUNDERSTOOD,
          "Where does the table of %s live? --package P --saga EXPRESSION".formatted(type));
    }
    return known;
  }

  private static String table(String type, JsonNode definition) {
    var step = definition.path("groups").path(0).path("steps").path(0);
    var timeout = Text.has(step, "timeout") ? Text.of(step, "timeout") : "PT1M";
    return "%sSaga.table(java.time.Duration.parse(%s))".formatted(type, Java.quoted(timeout));
  }

  private static String lines(JsonNode saga) {
    var lines = new ArrayList<>(Dialogue.of(saga));
    lines.add("// it stood here: " + Text.of(saga, "state") + why(saga));
    lines.add(end(saga));
    return lines.stream().map(line -> "        " + line).collect(Collectors.joining("\n"));
  }

  private static String why(JsonNode saga) {
    return Text.has(saga, "parked") ? ", " + Text.of(saga, "parked").replace("\\", "/") : "";
  }

  private static String end(JsonNode saga) {
    boolean undone = Text.of(saga, "direction").equals("COMPENSATION");
    return undone
        ? ".isCompensated(" + Java.quoted(Text.of(saga, "reason")) + ")"
        : ".isCompleted()";
  }
}
