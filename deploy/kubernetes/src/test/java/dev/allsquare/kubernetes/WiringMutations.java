package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Mutation.ofService;
import static dev.allsquare.kubernetes.Policy.*;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Names of others, misspelt or left dangling. */
final class WiringMutations {

  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  private WiringMutations() {}

  static List<Mutation> all() {
    return List.of(
        ofService(
            SELECTORS_MATCH_THEIR_PODS,
            "/spec/template/metadata/labels/app.kubernetes.io~1component",
            "web"),
        ofService(
            SELECTORS_MATCH_THEIR_PODS,
            "/spec/selector/matchLabels/app.kubernetes.io~1component",
            ""),
        Mutation.of(
            SERVICES_REACH_ONE_WORKLOAD,
            "Service",
            "order-service",
            "/spec/selector/app.kubernetes.io~1component",
            ""),
        Mutation.of(
            SERVICES_NAME_PORTS_THAT_ARE_THERE,
            "Service",
            "order-service",
            "/spec/ports/0/targetPort",
            "web"),
        ofService(PORTS_ARE_THE_CODES, CONTAINER + "/ports/1/containerPort", "9081"),
        Mutation.of(
            CONFIGURATION_IS_THERE_AND_NEVER_CHANGES,
            "a mutable map",
            all -> all.kind("ConfigMap").forEach(it -> it.remove("immutable"))),
        Mutation.of(
            CONFIGURATION_IS_THERE_AND_NEVER_CHANGES,
            "no configuration",
            all -> all.remove("ConfigMap", it -> true)),
        Mutation.of(
            SECRETS_COME_FROM_OUTSIDE,
            "a secret in the repository",
            all -> all.objects().add(secret())),
        Mutation.of(
            SECRETS_ARE_MADE_BY_SOMEBODY,
            "no external secrets",
            all -> all.remove("ExternalSecret", it -> true)),
        Mutation.of(
            SECRETS_ARE_MADE_BY_SOMEBODY,
            "no Kafka users",
            all -> all.remove("KafkaUser", it -> true)),
        ofService(MOUNTS_AND_ACCOUNTS_ARE_THERE, POD + "/volumes/2/name", "scratch"),
        ofService(MOUNTS_AND_ACCOUNTS_ARE_THERE, POD + "/serviceAccountName", "default"),
        Mutation.of(
            ONLY_THE_REST_IS_PUBLIC, "Service", "order-service", "/spec/type", "LoadBalancer"),
        Mutation.of(
            ONLY_THE_REST_IS_PUBLIC,
            "HTTPRoute",
            "order-service",
            "/spec/rules/0/backendRefs/0/port",
            "9080"),
        Mutation.of(
            ONLY_THE_REST_IS_PUBLIC,
            "HTTPRoute",
            "payment-service",
            "/spec/rules/0/matches/1/path/value",
            "/payment-states"),
        Mutation.of(
            ALL_OF_THE_REST_IS_PUBLIC, "no gateway", all -> all.remove("Gateway", it -> true)),
        Mutation.of(
            ALL_OF_THE_REST_IS_PUBLIC,
            "HTTPRoute",
            "order-service",
            "/spec/parentRefs/0/sectionName",
            "http"),
        Mutation.of(
            SERVICES_REACH_ONE_WORKLOAD, "no Service", all -> all.remove("Service", it -> true)));
  }

  private static ObjectNode secret() {
    return Rendered.production().object("Namespace", "allsquare").put("kind", "Secret");
  }
}
