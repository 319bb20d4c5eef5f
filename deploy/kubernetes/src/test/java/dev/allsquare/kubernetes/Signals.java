package dev.allsquare.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What deploy/observability asks Prometheus. */
final class Signals {

  private static final String PLACE = "deploy/observability/";

  /** JSON is YAML, too. */
  private static final YAMLMapper YAML = new YAMLMapper();

  private Signals() {}

  static JsonNode rules() {
    return read(PLACE + "rules.yml");
  }

  static JsonNode tests() {
    return read(PLACE + "rules.test.yml").path("tests");
  }

  static List<JsonNode> dashboards() {
    try (var files = Files.list(Project.ROOT.resolve(PLACE + "grafana/dashboards"))) {
      return files.map(Path::getFileName).map(it -> dashboard(it.toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of all rules and all panels. */
  static Stream<PromQl> expressions() {
    return Stream.concat(
            Rendered.each(rules().path("groups")).flatMap(it -> Rendered.each(it.path("rules"))),
            dashboards().stream()
                .flatMap(it -> Rendered.each(it.path("panels")))
                .flatMap(it -> Rendered.each(it.path("targets"))))
        .map(it -> new PromQl(it.path("expr").asText()));
  }

  private static JsonNode dashboard(String file) {
    return read(PLACE + "grafana/dashboards/" + file);
  }

  private static JsonNode read(String path) {
    try {
      return YAML.readTree(Project.text(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
