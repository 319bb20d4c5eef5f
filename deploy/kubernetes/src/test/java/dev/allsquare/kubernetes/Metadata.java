package dev.allsquare.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;

/** Every property that Spring, our library or one of the services knows. */
final class Metadata {

  private static final String FILE = "META-INF/spring-configuration-metadata.json";
  private static final Map<String, JsonNode> PROPERTIES = read();

  private Metadata() {}

  static boolean knows(String property) {
    return PROPERTIES.containsKey(property);
  }

  /** In capitals, dots as underscores, dashes left out or as underscores. */
  static boolean knowsVariable(String variable) {
    return PROPERTIES.keySet().stream()
        .map(it -> it.replace('.', '_').toUpperCase(Locale.ROOT))
        .anyMatch(
            it -> variable.equals(it.replace("-", "")) || variable.equals(it.replace('-', '_')));
  }

  static String defaultOf(String property) {
    JsonNode known = PROPERTIES.get(property);
    if (known == null || !known.has("defaultValue")) {
      throw new IllegalArgumentException(property + " has no default");
    }
    return known.path("defaultValue").asText();
  }

  static long seconds(String duration) {
    return DurationStyle.detectAndParse(duration).toSeconds();
  }

  private static Map<String, JsonNode> read() {
    var json = new JsonMapper();
    Map<String, JsonNode> properties = new HashMap<>();
    try {
      var libraries = Collections.list(Metadata.class.getClassLoader().getResources(FILE)).stream();
      var services = Project.SERVICES.stream().map(Metadata::ofService);
      for (URL url : Stream.concat(libraries, services).toList()) {
        try (var in = url.openStream()) {
          json.readTree(in)
              .path("properties")
              .forEach(it -> properties.put(it.path("name").asText(), it));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  private static URL ofService(String service) {
    try {
      return Project.ROOT.resolve(service + "/target/classes/" + FILE).toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
