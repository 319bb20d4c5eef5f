package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A Deployment, StatefulSet or Job: whatever makes pods. */
record Workload(ObjectNode object) {

  String kind() {
    return object.path("kind").asText();
  }

  String name() {
    return Rendered.name(object);
  }

  JsonNode pod() {
    return object.at("/spec/template/spec");
  }

  JsonNode podLabels() {
    return object.at("/spec/template/metadata/labels");
  }

  Stream<JsonNode> containers() {
    return Stream.concat(each(pod().path("initContainers")), each(pod().path("containers")));
  }

  /** The one that does the work. */
  JsonNode main() {
    return pod().path("containers").path(0);
  }

  JsonNode waiting() {
    return pod().path("initContainers").path(0);
  }

  boolean isOurs() {
    return main().path("image").asText().startsWith("allsquare/");
  }

  /** order-service, for its Deployment and for its migration. */
  String service() {
    return podLabels().path("app.kubernetes.io/name").asText();
  }

  /** What a container of this pod finds in its environment; later sources win, variables last. */
  static Map<String, String> environment(Rendered all, JsonNode container) {
    Map<String, String> environment = new LinkedHashMap<>();
    each(container.path("envFrom"))
        .map(it -> it.at("/configMapRef/name").asText())
        .filter(name -> all.has("ConfigMap", name))
        .flatMap(name -> all.object("ConfigMap", name).path("data").properties().stream())
        .forEach(it -> environment.put(it.getKey(), it.getValue().asText()));
    each(container.path("env"))
        .forEach(it -> environment.put(it.path("name").asText(), it.path("value").asText()));
    return environment;
  }

  static boolean selects(JsonNode selector, JsonNode labels) {
    return each(selector.path("matchExpressions")).allMatch(it -> expression(it, labels))
        && selector.path("matchLabels").properties().stream()
            .allMatch(it -> it.getValue().equals(labels.path(it.getKey())));
  }

  private static boolean expression(JsonNode expression, JsonNode labels) {
    if (!expression.path("operator").asText().equals("In")) {
      throw new IllegalArgumentException("nobody taught this test about " + expression);
    }
    return Rendered.texts(expression.path("values"))
        .contains(labels.path(expression.path("key").asText()).asText());
  }
}
