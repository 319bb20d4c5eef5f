package dev.allsquare.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands for one object: the type it was parsed as, the policies that break without it, and
 * whether it ran.
 */
record Evidence(Rendered overlay, ObjectNode object) {

  private static final Set<String> RUN_LOCALLY =
      Set.of("Deployment", "StatefulSet", "Job", "ConfigMap", "Service");

  /** A line of the table. */
  String line() {
    return "| %s | %s | %s | %s | %s |"
        .formatted(object.path("kind").asText(), name(), parsed(), missed(), run());
  }

  private String name() {
    String name = Rendered.name(object);
    return object.path("kind").asText().equals("ConfigMap")
        ? name.replaceFirst("-[a-z0-9]{10}$", "-*")
        : name;
  }

  private String parsed() {
    return ModelTest.WITHOUT_A_MODEL.contains(ModelTest.kind(object)) ? "by hand" : "by type";
  }

  private String missed() {
    String missed =
        Arrays.stream(Policy.values())
            .filter(this::breaksWithoutIt)
            .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", "));
    return missed.isEmpty() ? "–" : missed;
  }

  /** A policy that stumbles over what is not there is a red test, too. */
  private boolean breaksWithoutIt(Policy policy) {
    List<ObjectNode> others = new ArrayList<>(overlay.objects());
    others.remove(object);
    try {
      return !policy.violations(new Rendered(overlay.overlay(), others)).isEmpty();
    } catch (RuntimeException e) {
      return true;
    }
  }

  private String run() {
    String kind = object.path("kind").asText();
    if (kind.equals("PrometheusRule")) {
      return "its series are scraped";
    }
    return overlay.overlay().equals("local") && RUN_LOCALLY.contains(kind) ? "in containers" : "–";
  }
}
