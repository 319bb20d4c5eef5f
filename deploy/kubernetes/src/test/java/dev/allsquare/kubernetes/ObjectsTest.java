package dev.allsquare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of all objects and of what verified each; {@code -Dobjects=write} writes it anew. */
class ObjectsTest {

  private static final Path LIST = Path.of("OBJECTS.md");

  @Test
  void theListIsUpToDate() throws IOException {
    String list = list();
    if (System.getProperty("objects", "").equals("write")) {
      Files.writeString(LIST, list);
    }
    assertThat(Files.readString(LIST))
        .as("run mvn verify -pl deploy/kubernetes -am -Dobjects=write and look at what changed")
        .isEqualTo(list);
  }

  private static String list() {
    return """
    # Every object, and what verified it

    Written by `ObjectsTest`, which fails when it is out of date. **Parsed:** *by type* is the model of fabric8 or Strimzi, unknown fields
    refused (`ModelTest`); *by hand* means that no Maven artifact carries its definition, and that it was held against the one of the
    release in the [README](README.md#install). **Missed by:** the policies (`PoliciesTest`) that are broken as soon as the object is taken
    away. **Ran:** *in containers* is what `UnderConstraintsTest` and `RestoreTest` start or use; `.ci/run` fails where they do not run.
    """
        + Rendered.all().map(ObjectsTest::table).collect(Collectors.joining());
  }

  private static String table(Rendered overlay) {
    return "\n## %s\n\n| kind | name | parsed | missed by | ran |\n|---|---|---|---|---|\n"
            .formatted(title(overlay))
        + own(overlay)
            .map(it -> new Evidence(overlay, it).line())
            .sorted()
            .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String title(Rendered overlay) {
    return overlay.overlay().equals("tracing")
        ? "components/tracing, on top of overlays/production"
        : "overlays/" + overlay.overlay();
  }

  /** What the component adds; all else has been listed before. */
  private static Stream<ObjectNode> own(Rendered overlay) {
    Set<String> known = new HashSet<>();
    if (overlay.overlay().equals("tracing")) {
      Rendered.production().objects().forEach(it -> known.add(key(it)));
    }
    return overlay.objects().stream().filter(it -> !known.contains(key(it)));
  }

  private static String key(ObjectNode object) {
    return object.path("kind").asText() + " " + Rendered.name(object);
  }
}
