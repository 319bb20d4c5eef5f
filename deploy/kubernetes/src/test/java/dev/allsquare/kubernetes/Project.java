package dev.allsquare.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the manifests have to agree with: the code beside them. */
final class Project {

  static final List<String> SERVICES =
      List.of("order-service", "payment-service", "inventory-service");

  static final Map<String, String> DATABASES =
      Map.of(
          "order-service", "orders",
          "payment-service", "payments",
          "inventory-service", "inventory");

  static final Path ROOT = Path.of("../..");
  private static final YAMLMapper YAML = new YAMLMapper();

  private Project() {}

  static String version() {
    return Objects.requireNonNull(System.getProperty("allsquare.version"));
  }

  /** A value of the service's own application.yml. */
  static String setting(String service, String key) {
    return settings(service).at("/" + key.replace('.', '/')).asText();
  }

  static Set<String> topics() {
    return SERVICES.stream()
        .flatMap(it -> Stream.concat(topics(it, "topics"), topics(it, "compacted-topics")))
        .flatMap(it -> Stream.of(it, it + ".dlt"))
        .collect(Collectors.toSet());
  }

  static Set<String> compactedTopics() {
    return SERVICES.stream()
        .flatMap(it -> topics(it, "compacted-topics"))
        .collect(Collectors.toSet());
  }

  private static Stream<String> topics(String service, String which) {
    return Stream.of(setting(service, "allsquare.kafka." + which).split(",\\s*"))
        .filter(it -> !it.isBlank());
  }

  static String baseImage(String variable) {
    return text("deploy/images/base-images")
        .lines()
        .filter(it -> it.startsWith(variable + "="))
        .map(it -> it.substring(variable.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  static String text(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode settings(String service) {
    try {
      return YAML.readTree(text(service + "/src/main/resources/application.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
