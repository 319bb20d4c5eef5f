package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may open a connection to whom, as the network policies have it. */
final class Edges {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Somebody who connects or is connected to.
   *
   * @param namespace empty for an address outside the cluster
   * @param ports by name; all that anybody might connect to
   */
  private record Party(String name, String namespace, JsonNode labels, Map<String, Integer> ports) {

    boolean inside() {
      return namespace.equals("allsquare");
    }
  }

  private static final List<Party> STRANGERS =
      List.of(
          stranger("gateway", "gateway-system", Map.of(), Map.of("https", 443)),
          stranger(
              "prometheus", "monitoring", Map.of("app.kubernetes.io/name", "prometheus"), Map.of()),
          stranger("somebody in monitoring", "monitoring", Map.of("app", "x"), Map.of()),
          stranger("keda", "keda", Map.of("app", "keda-operator"), Map.of()),
          stranger("database operator", "cnpg-system", Map.of(), Map.of("api", 443)),
          stranger("dns", "kube-system", Map.of("k8s-app", "kube-dns"), Map.of("dns", 53)),
          stranger("somebody in kube-system", "kube-system", Map.of("app", "x"), Map.of("dns", 53)),
          stranger(
              "trace collector", "observability", Map.of(), Map.of("otlp", 4318, "other", 4317)),
          stranger("somebody else", "default", Map.of("app", "x"), Map.of("http", 80)),
          stranger("something else in here", "allsquare", Map.of(), Map.of("http", 80)),
          stranger("the world", "", Map.of(), Map.of("https", 443, "api", 6443, "http", 80)));

  private final Rendered all;
  private final List<ObjectNode> policies;
  private final List<Party> parties;

  private Edges(Rendered all) {
    this.all = all;
    this.policies = all.kind("NetworkPolicy").toList();
    this.parties =
        Stream.of(ours(), databases(), brokers(), STRANGERS.stream()).flatMap(it -> it).toList();
  }

  static Set<String> of(Rendered all) {
    return new Edges(all).allowed();
  }

  private Set<String> allowed() {
    Set<String> edges = new TreeSet<>();
    for (var from : parties) {
      for (var to : parties) {
        to.ports()
            .forEach(
                (name, port) -> {
                  if ((from.inside() || to.inside())
                      && allows("Egress", from, to, name, port)
                      && allows("Ingress", to, from, name, port)) {
                    edges.add(from.name() + " -> " + to.name() + ":" + port);
                  }
                });
      }
    }
    return edges;
  }

  /** Without a policy everything is allowed; with one, what any of them allows. */
  private boolean allows(String way, Party subject, Party peer, String name, int port) {
    boolean ingress = way.equals("Ingress");
    var applying =
        subject.inside()
            ? policies.stream()
                .filter(it -> Rendered.texts(it.at("/spec/policyTypes")).contains(way))
                .filter(it -> Workload.selects(it.at("/spec/podSelector"), subject.labels()))
                .toList()
            : List.<ObjectNode>of();
    return applying.isEmpty()
        || applying.stream()
            .flatMap(it -> each(it.at(ingress ? "/spec/ingress" : "/spec/egress")))
            .anyMatch(
                rule ->
                    opens(rule.path("ports"), name, port)
                        && admits(rule.path(ingress ? "from" : "to"), peer));
  }

  private static boolean opens(JsonNode ports, String name, int port) {
    return ports.isMissingNode()
        || each(ports)
            .anyMatch(
                it ->
                    it.path("port").asText().equals(name)
                        || (it.path("port").asInt() <= port
                            && port <= it.path("endPort").asInt(it.path("port").asInt())));
  }

  private static boolean admits(JsonNode peers, Party peer) {
    return peers.isMissingNode() || each(peers).anyMatch(it -> is(it, peer));
  }

  private static boolean is(JsonNode selector, Party peer) {
    if (selector.has("ipBlock")) {
      return peer.namespace().isEmpty();
    }
    ObjectNode namespace =
        JSON.createObjectNode().put("kubernetes.io/metadata.name", peer.namespace());
    boolean there =
        selector.has("namespaceSelector")
            ? Workload.selects(selector.path("namespaceSelector"), namespace)
            : peer.inside();
    return there
        && !peer.namespace().isEmpty()
        && Workload.selects(selector.path("podSelector"), peer.labels());
  }

  private Stream<Party> ours() {
    return all.workloads().stream()
        .map(
            it ->
                new Party(
                    it.name().replaceFirst("-migration-.*", "-migration"),
                    "allsquare",
                    it.podLabels(),
                    ports(it)));
  }

  private static Map<String, Integer> ports(Workload workload) {
    return each(workload.main().path("ports"))
        .collect(
            Collectors.toMap(
                it -> it.path("name").asText(), it -> it.path("containerPort").asInt()));
  }

  /** Pods that the operator will make. */
  private Stream<Party> databases() {
    return all.kind("Cluster")
        .map(
            it ->
                new Party(
                    Rendered.name(it) + "-database",
                    "allsquare",
                    it.at("/spec/inheritedMetadata/labels"),
                    Map.of("postgresql", 5432, "status", 8000)));
  }

  private Stream<Party> brokers() {
    return all.kind("KafkaNodePool")
        .map(
            it -> {
              ObjectNode labels = JSON.createObjectNode().put("strimzi.io/cluster", "kafka");
              it.at("/spec/template/pod/metadata/labels")
                  .properties()
                  .forEach(label -> labels.set(label.getKey(), label.getValue()));
              boolean broker = Rendered.name(it).equals("broker");
              return new Party(
                  broker ? "kafka" : "kafka-controller",
                  "allsquare",
                  labels,
                  broker ? Map.of("kafka", 9092) : Map.of());
            });
  }

  private static Party stranger(
      String name, String namespace, Map<String, String> labels, Map<String, Integer> ports) {
    return new Party(name, namespace, JSON.valueToTree(labels), ports);
  }
}
