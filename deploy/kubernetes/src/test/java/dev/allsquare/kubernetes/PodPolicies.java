package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a pod may do, and what it must have. */
final class PodPolicies {

  private static final Map<String, Predicate<JsonNode>> POD =
      Map.of(
          "runs as nobody in particular",
              pod -> !pod.at("/securityContext/runAsNonRoot").asBoolean(),
          "may run as root", pod -> pod.at("/securityContext/runAsUser").asInt() == 0,
          "has no seccomp profile",
              pod ->
                  !pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
          "gets a token of the Kubernetes API",
              pod -> pod.path("automountServiceAccountToken").asBoolean(true),
          "gets variables named after Services",
              pod -> pod.path("enableServiceLinks").asBoolean(true),
          "shares something with its node",
              pod ->
                  pod.has("hostNetwork")
                      || pod.has("hostPID")
                      || pod.findParent("hostPath") != null
                      || pod.findParent("hostPort") != null);

  private static final Map<String, Predicate<JsonNode>> CONTAINER =
      Map.of(
          "may gain privileges",
              it -> it.at("/securityContext/allowPrivilegeEscalation").asBoolean(true),
          "may write its root", it -> !it.at("/securityContext/readOnlyRootFilesystem").asBoolean(),
          "keeps capabilities",
              it ->
                  !it.at("/securityContext/capabilities/drop/0").asText().equals("ALL")
                      || it.at("/securityContext/capabilities").has("add"),
          "overrules its pod", it -> it.path("securityContext").has("runAsUser"),
          "asks for no CPU", it -> it.at("/resources/requests/cpu").isMissingNode(),
          "has no CPU limit", it -> it.at("/resources/limits/cpu").isMissingNode(),
          "may be given less memory than it may use",
              it ->
                  it.at("/resources/requests/memory").isMissingNode()
                      || !it.at("/resources/requests/memory")
                          .equals(it.at("/resources/limits/memory")),
          "has nowhere to write",
              it ->
                  each(it.path("volumeMounts"))
                      .noneMatch(mount -> mount.path("mountPath").asText().equals("/tmp")));

  private PodPolicies() {}

  static Stream<String> podsAreLockedDown(Rendered all) {
    return all.workloads().stream().flatMap(it -> broken(POD, it.pod(), it.name()));
  }

  static Stream<String> containersAreLockedDown(Rendered all) {
    return all.workloads().stream()
        .flatMap(
            workload ->
                workload
                    .containers()
                    .flatMap(
                        it ->
                            broken(
                                CONTAINER, it, workload.name() + "/" + it.path("name").asText())));
  }

  static Stream<String> scratchSpaceIsBounded(Rendered all) {
    return all.workloads().stream()
        .flatMap(
            workload ->
                each(workload.pod().path("volumes"))
                    .filter(it -> it.has("emptyDir") && !it.path("emptyDir").has("sizeLimit"))
                    .map(it -> workload.name() + " may fill its node by " + it.path("name")));
  }

  static Stream<String> theNamespaceRefusesOthers(Rendered all) {
    return Stream.of("enforce", "audit", "warn")
        .filter(
            it ->
                all.kind("Namespace")
                    .noneMatch(
                        namespace ->
                            namespace
                                .at("/metadata/labels")
                                .path("pod-security.kubernetes.io/" + it)
                                .asText()
                                .equals("restricted")))
        .map(it -> "the namespace does not " + it + " the restricted standard");
  }

  static Stream<String> imagesAreTheBuilds(Rendered all) {
    return all.workloads().stream()
        .flatMap(
            workload ->
                workload
                    .containers()
                    .map(it -> it.path("image").asText())
                    .filter(image -> !image.equals(expectedImage(workload, image)))
                    .map(image -> workload.name() + " runs " + image));
  }

  private static String expectedImage(Workload workload, String image) {
    if (workload.isOurs()) {
      return "allsquare/" + workload.service() + ":" + Project.version();
    }
    return Project.baseImage(image.startsWith("postgres") ? "POSTGRES_IMAGE" : "KAFKA_IMAGE");
  }

  static Stream<String> operatorsRunTheSameServers(Rendered all) {
    String postgres = Project.baseImage("POSTGRES_IMAGE").split(":", -1)[1];
    String kafka = Project.baseImage("KAFKA_IMAGE").split(":", -1)[1].replaceFirst("\\.\\d+$", "");
    return Stream.concat(
        all.kind("Cluster")
            .map(it -> it.at("/spec/imageName").asText())
            .filter(it -> !it.contains(":" + postgres + "-"))
            .map(it -> it + " is not PostgreSQL " + postgres),
        all.kind("Kafka")
            .map(it -> it.at("/spec/kafka/version").asText())
            .filter(it -> !it.startsWith(kafka + "."))
            .map(it -> it + " is not Kafka " + kafka));
  }

  private static Stream<String> broken(
      Map<String, Predicate<JsonNode>> rules, JsonNode object, String name) {
    return rules.entrySet().stream()
        .filter(it -> it.getValue().test(object))
        .map(it -> name + " " + it.getKey());
  }
}
