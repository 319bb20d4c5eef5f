package dev.allsquare.kubernetes;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The design's edges, and no other. */
final class NetworkPolicies {

  private static final Set<String> EVERYWHERE =
      Set.of(
          "gateway -> order-service:8080",
          "gateway -> payment-service:8081",
          "gateway -> inventory-service:8082",
          "order-service -> inventory-service:8082",
          "order-service -> payment-service:8081",
          "order-service -> inventory-service:9082",
          "order-service -> payment-service:9081",
          "order-service -> orders-database:5432",
          "payment-service -> payments-database:5432",
          "inventory-service -> inventory-database:5432",
          "order-service-migration -> orders-database:5432",
          "payment-service-migration -> payments-database:5432",
          "inventory-service-migration -> inventory-database:5432",
          "order-service -> kafka:9092",
          "payment-service -> kafka:9092",
          "inventory-service -> kafka:9092");

  private static final Set<String> IN_PRODUCTION =
      Set.of(
          "prometheus -> order-service:9080",
          "prometheus -> payment-service:9081",
          "prometheus -> inventory-service:9082",
          "keda -> kafka:9092",
          "kafka -> the world:443",
          "kafka -> the world:6443",
          "kafka-controller -> the world:443",
          "kafka-controller -> the world:6443");

  private NetworkPolicies() {}

  static Stream<String> theEdgesAreTheDesigns(Rendered all) {
    Set<String> expected = expected(all);
    Set<String> allowed = Edges.of(all);
    return Stream.concat(
        allowed.stream().filter(it -> !expected.contains(it)).map(it -> "open: " + it),
        expected.stream().filter(it -> !allowed.contains(it)).map(it -> "closed: " + it));
  }

  private static Set<String> expected(Rendered all) {
    Set<String> expected = new TreeSet<>(EVERYWHERE);
    all.workloads().forEach(it -> expected.add(partyOf(it) + " -> dns:53"));
    expected.add("something else in here -> dns:53");
    if (!all.isLocal()) {
      expected.addAll(IN_PRODUCTION);
      expected.addAll(
          Stream.of("orders", "payments", "inventory")
              .flatMap(NetworkPolicies::ofACluster)
              .collect(Collectors.toSet()));
      expected.add("kafka -> dns:53");
      expected.add("kafka-controller -> dns:53");
    }
    if (all.overlay().equals("tracing")) {
      Project.SERVICES.forEach(it -> expected.add(it + " -> trace collector:4318"));
    }
    return expected;
  }

  /** Replication, the operator, the Kubernetes API and the object store of the backups. */
  private static Stream<String> ofACluster(String name) {
    String database = name + "-database";
    return Stream.of(
        database + " -> " + database + ":5432",
        database + " -> " + database + ":8000",
        "database operator -> " + database + ":5432",
        "database operator -> " + database + ":8000",
        database + " -> dns:53",
        database + " -> the world:443",
        database + " -> the world:6443");
  }

  private static String partyOf(Workload workload) {
    return workload.name().replaceFirst("-migration-.*", "-migration");
  }
}
