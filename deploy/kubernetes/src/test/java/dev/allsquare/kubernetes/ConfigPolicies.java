package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the services are told is what they need, and they understand it. */
final class ConfigPolicies {

  /** Read by the JVM itself. */
  private static final Set<String> NOT_SPRINGS = Set.of("JAVA_TOOL_OPTIONS");

  private static final Map<String, List<String>> NEEDED =
      Map.of(
          "service",
          List.of(
              "SPRING_DATASOURCE_URL",
              "SPRING_DATASOURCE_USERNAME",
              "SPRING_KAFKA_BOOTSTRAP_SERVERS"),
          "wait-for-schema",
          List.of("SPRING_DATASOURCE_URL", "SPRING_DATASOURCE_USERNAME"),
          "migration",
          List.of(
              "SPRING_DATASOURCE_URL",
              "SPRING_DATASOURCE_USERNAME",
              "ALLSQUARE_MIGRATION_GRANTTO"));

  private ConfigPolicies() {}

  static Stream<String> everyKeyIsKnown(Rendered all) {
    return ourContainers(all)
        .flatMap(it -> Workload.environment(all, it).keySet().stream())
        .filter(it -> !NOT_SPRINGS.contains(it) && !Metadata.knowsVariable(it))
        .map(it -> "nobody reads " + it);
  }

  /** Files of a configuration tree are named like the properties they set. */
  static Stream<String> everySecretFileIsAKnownKey(Rendered all) {
    return all.workloads().stream()
        .filter(Workload::isOurs)
        .flatMap(it -> it.pod().findValues("projected").stream())
        .flatMap(it -> it.findValues("path").stream())
        .map(JsonNode::asText)
        .filter(it -> !Metadata.knows(it))
        .map(it -> "nobody reads " + it);
  }

  static Stream<String> whatTheCodeNeedsIsThere(Rendered all) {
    return ourContainers(all)
        .flatMap(
            container -> {
              var environment = Workload.environment(all, container);
              return NEEDED.getOrDefault(container.path("name").asText(), List.of()).stream()
                  .filter(it -> environment.getOrDefault(it, "").isEmpty())
                  .map(it -> container.path("image").asText() + " is not told " + it);
            });
  }

  /** The defaults of these are ports of the developer's machine. */
  static Stream<String> orderServiceFindsTheOthers(Rendered all) {
    var others =
        Map.of(
            "ALLSQUARE_INVENTORY_URL", "http://inventory-service:8082",
            "ALLSQUARE_PAYMENT_URL", "http://payment-service:8081",
            "ALLSQUARE_INVENTORY_MANAGEMENTURL", "http://inventory-service:9082",
            "ALLSQUARE_PAYMENT_MANAGEMENTURL", "http://payment-service:9081");
    return all.services()
        .filter(it -> it.service().equals("order-service"))
        .map(it -> Workload.environment(all, it.main()))
        .filter(it -> !it.entrySet().containsAll(others.entrySet()))
        .map(it -> "order-service looks for the others elsewhere");
  }

  /** One place says how much of its memory a JVM may take for the heap: the image. */
  static Stream<String> theImagesSizeTheHeap(Rendered all) {
    return ourContainers(all)
        .map(it -> Workload.environment(all, it).getOrDefault("JAVA_TOOL_OPTIONS", ""))
        .filter(it -> it.contains("RAMPercentage") || it.contains("-Xm"))
        .map(it -> "the manifests size the heap, too: " + it);
  }

  static Stream<String> everyAddressIsAService(Rendered all) {
    return ourContainers(all)
        .flatMap(it -> Workload.environment(all, it).entrySet().stream())
        .filter(it -> it.getKey().endsWith("URL") || it.getKey().endsWith("_SERVERS"))
        .map(it -> uri(it.getValue()))
        .distinct()
        .filter(it -> !resolves(all, it))
        .map(it -> "nobody answers at " + it);
  }

  private static URI uri(String address) {
    return URI.create(
        address.contains("://") ? address.replaceFirst("^jdbc:", "") : "kafka://" + address);
  }

  private static boolean resolves(Rendered all, URI uri) {
    boolean ours =
        all.kind("Service")
            .filter(it -> Rendered.name(it).equals(uri.getHost()))
            .flatMap(it -> each(it.at("/spec/ports")))
            .anyMatch(it -> it.path("port").asInt() == uri.getPort());
    boolean databases =
        all.kind("Cluster").anyMatch(it -> uri.getHost().equals(Rendered.name(it) + "-rw"));
    boolean kafkas =
        all.kind("Kafka")
            .filter(it -> uri.getHost().equals(Rendered.name(it) + "-kafka-bootstrap"))
            .flatMap(it -> each(it.at("/spec/kafka/listeners")))
            .anyMatch(it -> it.path("port").asInt() == uri.getPort());
    return ours || (databases && uri.getPort() == 5432) || kafkas;
  }

  /** Connections of all replicas, one more while rolling, and its init container. */
  static Stream<String> connectionsFit(Rendered all) {
    return all.services()
        .flatMap(
            service -> {
              int most = RolloutPolicies.mostReplicas(all, service) + 1;
              int pool =
                  Integer.parseInt(
                      Project.setting(
                          service.service(), "spring.datasource.hikari.maximum-pool-size"));
              int allowed =
                  maxConnections(all, Project.DATABASES.getOrDefault(service.service(), ""));
              int reserve = 15;
              return most * pool + pool + reserve > allowed
                  ? Stream.of(service.name() + " wants more than " + allowed + " connections")
                  : Stream.empty();
            });
  }

  private static int maxConnections(Rendered all, String database) {
    return all.kind("Cluster")
        .filter(it -> Rendered.name(it).equals(database))
        .map(it -> it.at("/spec/postgresql/parameters/max_connections").asInt())
        .findFirst()
        .orElse(100);
  }

  private static Stream<JsonNode> ourContainers(Rendered all) {
    return all.workloads().stream().filter(Workload::isOurs).flatMap(Workload::containers);
  }
}
