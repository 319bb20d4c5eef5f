package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;
import static dev.allsquare.kubernetes.Rendered.name;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whoever names another object, label or port names one that is there. */
final class WiringPolicies {

  private WiringPolicies() {}

  /** Its own pods, all of them, and no one else's. */
  static Stream<String> selectorsMatchTheirPods(Rendered all) {
    return all.workloads().stream()
        .filter(it -> !it.kind().equals("Job"))
        .filter(it -> !selected(all, it.object().at("/spec/selector")).equals(List.of(it.name())))
        .map(it -> it.name() + " selects " + selected(all, it.object().at("/spec/selector")));
  }

  static Stream<String> servicesReachOneWorkload(Rendered all) {
    return Stream.concat(
        all.kind("Service")
            .filter(it -> backends(all, it).size() != 1)
            .map(it -> "Service " + name(it) + " leads to " + backends(all, it)),
        all.workloads().stream()
            .filter(it -> !it.kind().equals("Job"))
            .filter(it -> all.kind("Service").noneMatch(to -> backends(all, to).contains(it)))
            .map(it -> "no Service leads to " + it.name()));
  }

  static Stream<String> servicesNamePortsThatAreThere(Rendered all) {
    return all.kind("Service")
        .flatMap(
            service ->
                each(service.at("/spec/ports"))
                    .filter(
                        port ->
                            backends(all, service).stream()
                                .anyMatch(
                                    it ->
                                        containerPort(it, port.path("targetPort").asText())
                                            != port.path("port").asInt()))
                    .map(port -> "Service " + name(service) + " leads nowhere at " + port));
  }

  static Stream<String> portsAreTheCodes(Rendered all) {
    return all.services()
        .filter(
            it ->
                containerPort(it, "http") != port(it, "server.port", 8080)
                    || containerPort(it, "management") != port(it, "management.server.port", 0))
        .map(it -> it.name() + " listens at other ports");
  }

  private static int port(Workload service, String key, int otherwise) {
    String text = Project.setting(service.service(), key);
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }

  static Stream<String> configurationIsThereAndNeverChanges(Rendered all) {
    return Stream.concat(
        all.workloads().stream()
            .flatMap(
                workload ->
                    configMaps(workload.pod())
                        .filter(it -> !all.has("ConfigMap", it))
                        .map(it -> workload.name() + " needs ConfigMap " + it)),
        all.kind("ConfigMap")
            .filter(it -> !it.path("immutable").asBoolean() || !name(it).matches(".*-[a-z0-9]{10}"))
            .map(it -> "ConfigMap " + name(it) + " may change under its pods"));
  }

  static Stream<String> configMaps(JsonNode pod) {
    return Stream.concat(
        pod.findValues("configMapRef").stream().map(it -> it.path("name").asText()),
        pod.findValues("configMap").stream().map(it -> it.path("name").asText()));
  }

  static Stream<String> secretsComeFromOutside(Rendered all) {
    return all.kind("Secret").map(it -> "Secret " + name(it) + " is in the repository");
  }

  /** An operator makes each of them from an object that is there. */
  static Stream<String> secretsAreMadeBySomebody(Rendered all) {
    Set<String> made = madeSecrets(all);
    return all.objects().stream()
        .flatMap(
            object ->
                namedSecrets(object)
                    .filter(it -> !made.contains(it))
                    .map(it -> name(object) + " needs Secret " + it + ", which nobody makes"));
  }

  private static Stream<String> namedSecrets(ObjectNode object) {
    return Stream.of(
            object.findValues("secret").stream().map(it -> it.path("name").asText()),
            object.findValues("passwordSecret").stream().map(it -> it.path("name").asText()),
            object.findValues("secretName").stream().map(JsonNode::asText),
            object.findValues("s3Credentials").stream()
                .flatMap(it -> it.findValues("name").stream())
                .map(JsonNode::asText),
            object.findValues("secretTargetRef").stream()
                .flatMap(Rendered::each)
                .map(it -> it.path("name").asText()))
        .flatMap(it -> it)
        .filter(it -> !it.isEmpty());
  }

  private static Set<String> madeSecrets(Rendered all) {
    return Stream.of(
            all.kind("ExternalSecret").map(it -> it.at("/spec/target/name").asText()),
            all.kind("KafkaUser").map(Rendered::name),
            all.kind("Kafka").map(it -> name(it) + "-cluster-ca-cert"),
            all.kind("Cluster").map(it -> name(it) + "-ca"))
        .flatMap(it -> it)
        .collect(Collectors.toSet());
  }

  static Stream<String> mountsAndAccountsAreThere(Rendered all) {
    return all.workloads().stream()
        .flatMap(
            workload -> {
              Set<String> volumes =
                  Stream.concat(
                          each(workload.pod().path("volumes")).map(it -> it.path("name").asText()),
                          each(workload.object().at("/spec/volumeClaimTemplates"))
                              .map(Rendered::name))
                      .collect(Collectors.toSet());
              Stream<String> mounts =
                  workload
                      .containers()
                      .flatMap(it -> each(it.path("volumeMounts")))
                      .map(it -> it.path("name").asText())
                      .filter(it -> !volumes.contains(it))
                      .map(it -> workload.name() + " mounts " + it + ", which is not there");
              String account = workload.pod().path("serviceAccountName").asText();
              return account.isEmpty() || all.has("ServiceAccount", account)
                  ? mounts
                  : Stream.concat(mounts, Stream.of(workload.name() + " runs as " + account));
            });
  }

  static List<Workload> backends(Rendered all, JsonNode service) {
    var selector = service.at("/spec/selector");
    return all.workloads().stream()
        .filter(
            it ->
                !selector.isEmpty()
                    && it.podLabels().properties().containsAll(selector.properties()))
        .toList();
  }

  private static List<String> selected(Rendered all, JsonNode selector) {
    return all.workloads().stream()
        .filter(it -> Workload.selects(selector, it.podLabels()))
        .map(Workload::name)
        .toList();
  }

  static int containerPort(Workload workload, String name) {
    return each(workload.main().path("ports"))
        .filter(it -> it.path("name").asText().equals(name))
        .mapToInt(it -> it.path("containerPort").asInt())
        .findFirst()
        .orElse(-1);
  }
}
