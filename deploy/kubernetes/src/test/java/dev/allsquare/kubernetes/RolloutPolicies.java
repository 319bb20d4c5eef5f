package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;
import static dev.allsquare.kubernetes.Rendered.name;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** No version change, drained node or busy hour may be noticed by a caller. */
final class RolloutPolicies {

  private RolloutPolicies() {}

  static Stream<String> noReplicaIsMissedWhileRolling(Rendered all) {
    return all.services()
        .filter(
            it ->
                !it.object().at("/spec/strategy/rollingUpdate/maxUnavailable").asText().equals("0")
                    || it.object().at("/spec/strategy/rollingUpdate/maxSurge").asInt() < 1
                    || replicas(all, it) < 2)
        .map(it -> it.name() + " loses a replica while rolling");
  }

  static Stream<String> aDrainedNodeTakesOneReplicaAtMost(Rendered all) {
    return all.services()
        .filter(
            it -> {
              var budgets =
                  all.kind("PodDisruptionBudget")
                      .filter(
                          budget -> Workload.selects(budget.at("/spec/selector"), it.podLabels()))
                      .toList();
              return budgets.size() != 1
                  || budgets.getFirst().at("/spec/maxUnavailable").asInt() != 1
                  || replicas(all, it) <= 1;
            })
        .map(it -> it.name() + " may lose all replicas, or none ever");
  }

  static Stream<String> replicasAreSpread(Rendered all) {
    return all.services()
        .flatMap(
            workload ->
                Stream.of("topology.kubernetes.io/zone", "kubernetes.io/hostname")
                    .filter(
                        key ->
                            each(workload.pod().path("topologySpreadConstraints"))
                                .noneMatch(
                                    it ->
                                        it.path("topologyKey").asText().equals(key)
                                            && it.path("labelSelector").has("matchLabels")
                                            && Workload.selects(
                                                it.path("labelSelector"), workload.podLabels())))
                    .map(key -> workload.name() + " is not spread over " + key));
  }

  static Stream<String> probesAskTheRightQuestions(Rendered all) {
    return all.services()
        .flatMap(
            workload ->
                Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                    .filter(it -> !asks(workload.main().path(it), it))
                    .map(it -> workload.name() + " has no good " + it));
  }

  /** A database that is away must make nobody restart. */
  static Stream<String> livenessLooksAtNothingElse(Rendered all) {
    return all.services()
        .map(Workload::service)
        .filter(
            it ->
                !Project.setting(it, "management.endpoint.health.group.liveness.include")
                    .equals("livenessState"))
        .map(it -> it + " dies with its database");
  }

  static Stream<String> thereIsTimeToStop(Rendered all) {
    return all.services()
        .filter(it -> it.pod().path("terminationGracePeriodSeconds").asLong() < needed(it))
        .map(it -> it.name() + " is killed before it has stopped; it needs " + needed(it) + " s");
  }

  /** Proxies hear of a pod's end no sooner than the pod itself. */
  static Stream<String> nobodyIsSentToAStoppingPod(Rendered all) {
    return all.services()
        .filter(it -> preStop(it) < 5)
        .map(it -> it.name() + " stops while requests are still sent to it");
  }

  private static long needed(Workload service) {
    return preStop(service)
        + Metadata.seconds(
            Project.setting(service.service(), "spring.lifecycle.timeout-per-shutdown-phase"))
        + Metadata.seconds(Metadata.defaultOf("allsquare.kafka.stop-timeout"))
        + Metadata.seconds(Metadata.defaultOf("allsquare.outbox.stop-timeout"));
  }

  private static long preStop(Workload service) {
    return service.main().at("/lifecycle/preStop/sleep/seconds").asLong();
  }

  private static boolean asks(JsonNode probe, String which) {
    String group = which.equals("readinessProbe") ? "readiness" : "liveness";
    return probe.at("/httpGet/path").asText().equals("/actuator/health/" + group)
        && probe.at("/httpGet/port").asText().equals("management");
  }

  /** The fewest there ever are. */
  static int replicas(Rendered all, Workload service) {
    return scaler(all, service)
        .map(it -> it.at("/spec/minReplicaCount").asInt())
        .findFirst()
        .orElse(service.object().at("/spec/replicas").asInt(1));
  }

  static int mostReplicas(Rendered all, Workload service) {
    return scaler(all, service)
        .map(it -> it.at("/spec/maxReplicaCount").asInt())
        .findFirst()
        .orElse(service.object().at("/spec/replicas").asInt(1));
  }

  static Stream<JsonNode> scaler(Rendered all, Workload service) {
    return all.kind("ScaledObject")
        .filter(it -> it.at("/spec/scaleTargetRef/name").asText().equals(service.name()))
        .map(JsonNode.class::cast);
  }

  /** Two who set the number of replicas would undo each other's work. */
  static Stream<String> oneDecidesHowManyThereAre(Rendered all) {
    return all.services()
        .filter(
            it -> scaler(all, it).count() + (it.object().path("spec").has("replicas") ? 1 : 0) != 1)
        .map(it -> it.name() + " has not exactly one who sets its replicas");
  }

  static Stream<String> scalersScaleWhatIsThere(Rendered all) {
    return Stream.concat(
        all.kind("ScaledObject")
            .flatMap(
                scaler ->
                    each(scaler.at("/spec/triggers"))
                        .filter(it -> it.path("type").asText().equals("kafka"))
                        .filter(
                            it ->
                                !all.has(
                                    "TriggerAuthentication",
                                    it.at("/authenticationRef/name").asText()))
                        .map(it -> name(scaler) + " has no right to look")),
        lagsOfOthers(all));
  }

  private static Stream<String> lagsOfOthers(Rendered all) {
    return all.kind("ScaledObject")
        .flatMap(
            scaler ->
                each(scaler.at("/spec/triggers"))
                    .filter(it -> it.path("type").asText().equals("kafka"))
                    .map(it -> it.path("metadata"))
                    .filter(
                        it ->
                            !it.path("consumerGroup").asText().equals(group(scaler))
                                || !Objects.equals(consumed(group(scaler)), texts(it))
                                || !it.path("bootstrapServers").asText().endsWith(":9092"))
                    .map(it -> name(scaler) + " looks at another lag than its own"));
  }

  private static String group(JsonNode scaler) {
    return Project.setting(
        scaler.at("/spec/scaleTargetRef/name").asText(), "spring.application.name");
  }

  private static List<String> texts(JsonNode metadata) {
    return List.of(metadata.path("topic").asText());
  }

  private static List<String> consumed(String group) {
    return switch (group) {
      case "order-service" -> List.of("order.replies");
      case "payment-service" -> List.of("payment.commands");
      default -> List.of("inventory.commands");
    };
  }
}
