package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Mutation.ofLocal;
import static dev.allsquare.kubernetes.Mutation.ofService;
import static dev.allsquare.kubernetes.Policy.*;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** What is taken away, one thing at a time. */
final class Mutations {

  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  private Mutations() {}

  static Stream<Mutation> all() {
    return Stream.of(pods(), rollout(), wiring(), configuration(), edges(), messaging(), alerts())
        .flatMap(List::stream);
  }

  private static List<Mutation> pods() {
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

  private static List<Mutation> rollout() {
    return List.of(
        ofService(
            NO_REPLICA_IS_MISSED_WHILE_ROLLING, "/spec/strategy/rollingUpdate/maxUnavailable", "1"),
        Mutation.of(
            NO_REPLICA_IS_MISSED_WHILE_ROLLING,
            "ScaledObject",
            "order-service",
            "/spec/minReplicaCount",
            "1"),
        Mutation.of(
            A_DRAINED_NODE_TAKES_ONE_REPLICA_AT_MOST,
            "no disruption budget",
            all -> all.remove("PodDisruptionBudget", it -> true)),
        Mutation.of(
            A_DRAINED_NODE_TAKES_ONE_REPLICA_AT_MOST,
            "PodDisruptionBudget",
            "order-service",
            "/spec/maxUnavailable",
            "0"),
        ofService(REPLICAS_ARE_SPREAD, POD + "/topologySpreadConstraints", ""),
        ofService(
            REPLICAS_ARE_SPREAD,
            POD + "/topologySpreadConstraints/0/labelSelector/matchLabels/app.kubernetes.io~1name",
            "payment-service"),
        ofService(PROBES_ASK_THE_RIGHT_QUESTIONS, CONTAINER + "/startupProbe", ""),
        ofService(PROBES_ASK_THE_RIGHT_QUESTIONS, CONTAINER + "/readinessProbe", ""),
        ofService(
            PROBES_ASK_THE_RIGHT_QUESTIONS,
            CONTAINER + "/livenessProbe/httpGet/path",
            "/actuator/health/readiness"),
        ofService(THERE_IS_TIME_TO_STOP, POD + "/terminationGracePeriodSeconds", "54"),
        ofService(THERE_IS_TIME_TO_STOP, CONTAINER + "/lifecycle/preStop/sleep/seconds", "40"),
        ofService(NOBODY_IS_SENT_TO_A_STOPPING_POD, CONTAINER + "/lifecycle", ""),
        ofService(ONE_DECIDES_HOW_MANY_THERE_ARE, "/spec/replicas", "3"),
        Mutation.of(
            SCALERS_SCALE_WHAT_IS_THERE,
            "ScaledObject",
            "order-service",
            "/spec/triggers/0/metadata/consumerGroup",
            "orders"));
  }

  private static List<Mutation> wiring() {
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
            "9080"));
  }

  private static ObjectNode secret() {
    return Rendered.production().object("Namespace", "allsquare").put("kind", "Secret");
  }

  private static List<Mutation> configuration() {
    return List.of(
        configured(EVERY_KEY_IS_KNOWN, "ALLSQUARE_INVENTROY_URL", "http://inventory-service:8082"),
        ofService(
            EVERY_SECRET_FILE_IS_A_KNOWN_KEY,
            POD + "/volumes/0/projected/sources/0/secret/items/0/path",
            "spring.datasource.pass"),
        configured(WHAT_THE_CODE_NEEDS_IS_THERE, "SPRING_DATASOURCE_URL", ""),
        configured(ORDER_SERVICE_FINDS_PRODUCTS, "ALLSQUARE_INVENTORY_URL", "http://localhost"),
        configured(EVERY_ADDRESS_IS_A_SERVICE, "ALLSQUARE_INVENTORY_URL", "http://inventory:8082"),
        configured(
            EVERY_ADDRESS_IS_A_SERVICE,
            "SPRING_DATASOURCE_URL",
            "jdbc:postgresql://postgres:5432/orders"),
        configured(ROLES_ARE_PARTED, "SPRING_DATASOURCE_USERNAME", "orders_owner"),
        Mutation.of(ROLES_ARE_PARTED, "no Job", all -> all.remove("Job", it -> true)),
        ofLocal(
            ROLES_ARE_PARTED,
            "a service that migrates too",
            all ->
                Mutation.set(
                    all.object("Deployment", "order-service"),
                    CONTAINER + "/env/0/value",
                    "apply")),
        Mutation.of(
            EVERY_VERSION_HAS_ITS_MIGRATION,
            "last version's Job",
            all ->
                all.kind("Job")
                    .toList()
                    .forEach(
                        it -> Mutation.set(it, "/metadata/name", "order-service-migration-0.0.9"))),
        Mutation.of(
            CONNECTIONS_FIT,
            "Cluster",
            "orders",
            "/spec/postgresql/parameters/max_connections",
            "100"));
  }

  private static Mutation configured(Policy policy, String key, String value) {
    return Mutation.of(
        policy,
        key + "=" + value,
        all ->
            all.kind("ConfigMap")
                .filter(it -> Rendered.name(it).startsWith("order-config"))
                .toList()
                .forEach(it -> Mutation.set(it, "/data/" + key, value)));
  }

  private static List<Mutation> edges() {
    return List.of(
        without("default-deny"),
        without("dns"),
        without("order-service"),
        without("orders-database"),
        without("kafka-broker"),
        without("monitoring"),
        ofLocal(
            THE_EDGES_ARE_THE_DESIGNS,
            "a database open to all",
            all ->
                ((ObjectNode) all.object("NetworkPolicy", "orders-database").at("/spec/ingress/0"))
                    .remove("from")),
        Mutation.of(
            THE_EDGES_ARE_THE_DESIGNS,
            "management ports open to the gateway",
            all ->
                ((ObjectNode) all.object("NetworkPolicy", "order-service").at("/spec/ingress/0"))
                    .remove("ports")));
  }

  private static Mutation without(String policy) {
    return Mutation.of(
        THE_EDGES_ARE_THE_DESIGNS,
        "no policy " + policy,
        all -> all.remove("NetworkPolicy", it -> Rendered.name(it).equals(policy)));
  }

  private static List<Mutation> messaging() {
    return List.of(
        Mutation.of(
            EVERY_TOPIC_IS_THERE,
            "a topic less",
            all -> all.remove("KafkaTopic", it -> Rendered.name(it).equals("order.replies.dlt"))),
        topic(TOPICS_LOSE_NOTHING, "/spec/replicas", "1"),
        topic(TOPICS_LOSE_NOTHING, "/spec/config/min.insync.replicas", "1"),
        topic(TOPICS_LOSE_NOTHING, "/spec/config/cleanup.policy", "compact"),
        topic(PARTITIONS_ARE_THE_CODES, "/spec/partitions", "6"),
        Mutation.of(
            EVERY_REPLICA_HAS_A_PARTITION,
            "ScaledObject",
            "order-service",
            "/spec/maxReplicaCount",
            "13"),
        Mutation.of(
            BROKERS_LOSE_NOTHING, "Kafka", "kafka", "/spec/kafka/config/min.insync.replicas", "1"),
        Mutation.of(
            BROKERS_LOSE_NOTHING,
            "Kafka",
            "kafka",
            "/spec/kafka/config/auto.create.topics.enable",
            ""),
        Mutation.of(
            DATABASES_LOSE_NOTHING, "Cluster", "orders", "/spec/postgresql/synchronous", ""),
        Mutation.of(
            DATABASES_LOSE_NOTHING, "no backups", all -> all.remove("ScheduledBackup", it -> true)),
        Mutation.of(
            EVERYBODY_TOUCHES_THEIR_OWN,
            "a user may write all it reads",
            all ->
                ((ArrayNode)
                        all.object("KafkaUser", "payment-service")
                            .at("/spec/authorization/acls/0/operations"))
                    .add("Write")),
        Mutation.of(
            STRANGERS_DO_NOT_REACH_THE_LOG, "Kafka", "kafka", "/spec/kafka/listeners/0/tls", ""),
        Mutation.of(
            STRANGERS_DO_NOT_REACH_THE_LOG,
            "Kafka",
            "kafka",
            "/spec/kafka/listeners/0/networkPolicyPeers",
            ""));
  }

  private static Mutation topic(Policy policy, String path, String value) {
    return Mutation.of(policy, "KafkaTopic", "order.replies", path, value);
  }

  private static List<Mutation> alerts() {
    String rule = "/spec/groups/0/rules/0";
    return List.of(
        Mutation.of(
            EVERY_ALERT_HAS_A_RUNBOOK, "PrometheusRule", "allsquare", rule + "/alert", "Mystery"),
        Mutation.of(
            EVERY_ALERT_HAS_A_RUNBOOK,
            "PrometheusRule",
            "allsquare",
            rule + "/annotations/runbook",
            ""),
        Mutation.of(
            EVERY_SERVICE_IS_SCRAPED,
            "ServiceMonitor",
            "services",
            "/spec/endpoints/0/port",
            "http"),
        Mutation.of(
            EVERY_SERVICE_IS_SCRAPED,
            "Service",
            "order-service",
            "/metadata/labels/app.kubernetes.io~1component",
            ""));
  }
}
