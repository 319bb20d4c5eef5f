package dev.allsquare.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an API server checks, and no type knows. */
final class ServerPolicies {

  /** Names that end up in host names of pods or Services: a DNS label. */
  private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

  /** All other names: a DNS subdomain. */
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
  private static final Pattern LABEL_KEY =
      Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern PORT_NAME =
      Pattern.compile("(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?");

  private static final Set<String> IN_HOST_NAMES =
      Set.of("Service", "StatefulSet", "Deployment", "Job", "Cluster", "Kafka", "KafkaNodePool");

  /** The longest suffix that a controller adds: revision and pod, or ordinal and revision. */
  private static final int SUFFIX = 17;

  private ServerPolicies() {}

  static Stream<String> namesAreShortAndPlain(Rendered all) {
    return all.objects().stream().filter(it -> !isGood(it)).map(it -> "a name: " + id(it));
  }

  private static boolean isGood(JsonNode object) {
    String name = Rendered.name(object);
    return IN_HOST_NAMES.contains(object.path("kind").asText())
        ? LABEL.matcher(name).matches() && name.length() + SUFFIX <= 63
        : SUBDOMAIN.matcher(name).matches() && name.length() <= 253;
  }

  static Stream<String> namesAreTakenOnce(Rendered all) {
    Set<String> seen = new HashSet<>();
    return all.objects().stream()
        .map(ServerPolicies::id)
        .filter(it -> !seen.add(it))
        .map(it -> it + " is there twice");
  }

  static Stream<String> labelsAreLabels(Rendered all) {
    return all.objects().stream()
        .flatMap(object -> object.findValues("labels").stream())
        .flatMap(it -> it.properties().stream())
        .filter(ServerPolicies::isNoLabel)
        .map(it -> "a label: " + it);
  }

  private static boolean isNoLabel(Map.Entry<String, JsonNode> label) {
    return !label.getValue().isTextual()
        || !LABEL_KEY.matcher(label.getKey()).matches()
        || !LABEL_VALUE.matcher(label.getValue().asText()).matches();
  }

  static Stream<String> portNamesArePortNames(Rendered all) {
    return all.objects().stream()
        .flatMap(object -> object.findValues("ports").stream())
        .flatMap(Rendered::each)
        .filter(it -> it.has("name"))
        .map(it -> it.path("name").asText())
        .filter(it -> !PORT_NAME.matcher(it).matches())
        .map(it -> "a port: " + it);
  }

  /** A selector is for good: one that says the version could never be rolled out again. */
  static Stream<String> selectorsOutliveVersions(Rendered all) {
    Set<String> forGood = Set.of("app.kubernetes.io/name", "app.kubernetes.io/component");
    return Stream.of("Deployment", "StatefulSet")
        .flatMap(all::kind)
        .filter(
            it ->
                it.at("/spec/selector").has("matchExpressions")
                    || !forGood.equals(Set.copyOf(fields(it.at("/spec/selector/matchLabels")))))
        .map(it -> id(it) + " selects by what may change");
  }

  /** Only the namespace itself is in none. */
  static Stream<String> everythingIsInTheNamespace(Rendered all) {
    return all.objects().stream()
        .filter(
            it ->
                it.path("kind").asText().equals("Namespace")
                    ? !all.objects().getFirst().equals(it)
                    : !it.at("/metadata/namespace").asText().equals("allsquare"))
        .map(it -> id(it) + " comes before its namespace, or is in none");
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String id(JsonNode object) {
    return object.path("apiVersion").asText().replaceFirst("/?[^/]*$", "")
        + " "
        + object.path("kind").asText()
        + " "
        + Rendered.name(object);
  }
}
