package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Mutation.ofService;
import static dev.allsquare.kubernetes.Policy.*;

import java.util.List;

/** What a pod may do, taken away or given. */
final class PodMutations {

  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  private PodMutations() {}

  static List<Mutation> all() {
    return List.of(
        ofService(PODS_ARE_LOCKED_DOWN, POD + "/securityContext/runAsNonRoot", ""),
        ofService(PODS_ARE_LOCKED_DOWN, POD + "/securityContext/runAsUser", "0"),
        ofService(PODS_ARE_LOCKED_DOWN, POD + "/securityContext/seccompProfile", ""),
        ofService(PODS_ARE_LOCKED_DOWN, POD + "/automountServiceAccountToken", ""),
        ofService(PODS_ARE_LOCKED_DOWN, POD + "/enableServiceLinks", ""),
        ofService(PODS_ARE_LOCKED_DOWN, POD + "/hostNetwork", "true"),
        ofService(PODS_ARE_LOCKED_DOWN, CONTAINER + "/ports/0/hostPort", "80"),
        ofService(
            CONTAINERS_ARE_LOCKED_DOWN,
            CONTAINER + "/securityContext/allowPrivilegeEscalation",
            ""),
        ofService(
            CONTAINERS_ARE_LOCKED_DOWN, CONTAINER + "/securityContext/readOnlyRootFilesystem", ""),
        ofService(CONTAINERS_ARE_LOCKED_DOWN, CONTAINER + "/securityContext/capabilities/drop", ""),
        ofService(
            CONTAINERS_ARE_LOCKED_DOWN, CONTAINER + "/securityContext/capabilities/add", "ALL"),
        ofService(CONTAINERS_ARE_LOCKED_DOWN, CONTAINER + "/securityContext/runAsUser", "0"),
        ofService(CONTAINERS_ARE_LOCKED_DOWN, CONTAINER + "/resources/requests/cpu", ""),
        ofService(CONTAINERS_ARE_LOCKED_DOWN, CONTAINER + "/resources/limits/cpu", ""),
        ofService(CONTAINERS_ARE_LOCKED_DOWN, CONTAINER + "/resources/limits/memory", ""),
        ofService(CONTAINERS_ARE_LOCKED_DOWN, CONTAINER + "/volumeMounts", ""),
        ofService(
            CONTAINERS_ARE_LOCKED_DOWN, POD + "/initContainers/0/securityContext/capabilities", ""),
        ofService(SCRATCH_SPACE_IS_BOUNDED, POD + "/volumes/2/emptyDir/sizeLimit", ""),
        Mutation.of(
            THE_NAMESPACE_REFUSES_OTHERS,
            "Namespace",
            "allsquare",
            "/metadata/labels/pod-security.kubernetes.io~1enforce",
            "baseline"),
        ofService(IMAGES_ARE_THE_BUILDS, CONTAINER + "/image", "allsquare/order-service:latest"),
        ofService(IMAGES_ARE_THE_BUILDS, POD + "/initContainers/0/image", "allsquare/x"),
        Mutation.of(
            OPERATORS_RUN_THE_SAME_SERVERS,
            "Cluster",
            "orders",
            "/spec/imageName",
            "ghcr.io/cloudnative-pg/postgresql:17.0-standard-trixie"),
        Mutation.of(
            OPERATORS_RUN_THE_SAME_SERVERS, "Kafka", "kafka", "/spec/kafka/version", "4.1.0"));
  }
}
