package dev.allsquare.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects of one overlay, as {@code kubectl apply -k} would send them.
 *
 * @param overlay its name
 * @param objects may be changed: every reading is a copy
 */
record Rendered(String overlay, List<ObjectNode> objects) {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<String, String> TEXTS =
      Map.of(
          "local", render("local", "overlays/local"),
          "production", render("production", "overlays/production"),
          "tracing", render("tracing", "src/test/overlays/tracing"));

  static Rendered local() {
    return now("local");
  }

  static Rendered production() {
    return now("production");
  }

  /** Production, with a component that no overlay has by default. */
  static Rendered tracing() {
    return now("tracing");
  }

  static Stream<Rendered> all() {
    return Stream.of(local(), production(), tracing());
  }

  /** No custom resources, no operators. */
  boolean isLocal() {
    return overlay.equals("local");
  }

  Stream<ObjectNode> kind(String kind) {
    return objects.stream().filter(it -> it.path("kind").asText().equals(kind));
  }

  ObjectNode object(String kind, String name) {
    return kind(kind).filter(it -> name(it).equals(name)).findFirst().orElseThrow();
  }

  boolean has(String kind, String name) {
    return kind(kind).anyMatch(it -> name(it).equals(name));
  }

  void remove(String kind, Predicate<ObjectNode> which) {
    objects.removeIf(it -> it.path("kind").asText().equals(kind) && which.test(it));
  }

  List<Workload> workloads() {
    return Stream.of("Deployment", "StatefulSet", "Job")
        .flatMap(this::kind)
        .map(Workload::new)
        .toList();
  }

  Stream<Workload> services() {
    return workloads().stream().filter(it -> it.kind().equals("Deployment"));
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static List<String> texts(JsonNode array) {
    return each(array).map(JsonNode::asText).toList();
  }

  @Override
  public String toString() {
    return overlay;
  }

  /** By overlay. */
  static Map<String, String> texts() {
    return TEXTS;
  }

  /** As it was kept. */
  static Rendered lastTime(String overlay) {
    return read(overlay, LastRendering.of(overlay));
  }

  private static Rendered now(String overlay) {
    return read(overlay, Objects.requireNonNull(TEXTS.get(overlay)));
  }

  private static Rendered read(String overlay, String yaml) {
    try (var documents = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(yaml)) {
      return new Rendered(overlay, documents.readAll());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String render(String overlay, String directory) {
    return Kustomize.program().isPresent()
        ? Kustomize.render(directory)
        : LastRendering.of(overlay);
  }
}
