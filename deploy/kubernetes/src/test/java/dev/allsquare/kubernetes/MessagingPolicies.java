package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;
import static dev.allsquare.kubernetes.Rendered.name;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The log keeps what it took, and everybody touches their own topics only. */
final class MessagingPolicies {

  private static final Map<String, Set<String>> READS =
      Map.of(
          "order-service", Set.of("order.replies", "inventory.products"),
          "payment-service", Set.of("payment.commands"),
          "inventory-service", Set.of("inventory.commands"),
          "keda", Set.of());

  private static final Map<String, Set<String>> WRITES =
      Map.of(
          "order-service", Set.of("inventory.commands", "payment.commands", "order.events"),
          "payment-service", Set.of("order.replies", "payment.events"),
          "inventory-service", Set.of("order.replies", "inventory.events", "inventory.products"),
          "keda", Set.of());

  private MessagingPolicies() {}

  static Stream<String> everyTopicIsThere(Rendered all) {
    if (all.kind("Kafka").findAny().isEmpty()) {
      return Stream.empty(); // the services create them
    }
    Set<String> declared = all.kind("KafkaTopic").map(Rendered::name).collect(Collectors.toSet());
    Set<String> different = new TreeSet<>(declared);
    different.addAll(Project.topics());
    different.removeIf(it -> declared.contains(it) && Project.topics().contains(it));
    return different.stream().map(it -> "topic " + it + " is not in both manifests and code");
  }

  static Stream<String> topicsLoseNothing(Rendered all) {
    long retention = Metadata.seconds(Metadata.defaultOf("allsquare.kafka.retention")) * 1000;
    return all.kind("KafkaTopic")
        .filter(
            it ->
                it.at("/spec/replicas").asInt() != 3
                    || it.at("/spec/config/min.insync.replicas").asInt() != 2
                    || it.at("/spec/config/retention.ms").asLong() != retention
                    || !it.at("/spec/config/cleanup.policy").asText().equals(cleanup(name(it))))
        .map(it -> "topic " + name(it) + " may lose records");
  }

  private static String cleanup(String topic) {
    return Project.compactedTopics().contains(topic) ? "compact" : "delete";
  }

  /** The code's number: a topic made here and one made there must be the same. */
  static Stream<String> partitionsAreTheCodes(Rendered all) {
    int partitions = partitions();
    return all.kind("KafkaTopic")
        .filter(it -> it.at("/spec/partitions").asInt() != partitions)
        .map(it -> "topic " + name(it) + " has not " + partitions + " partitions");
  }

  static Stream<String> everyReplicaHasAPartition(Rendered all) {
    int consumers = Integer.parseInt(Metadata.defaultOf("allsquare.kafka.concurrency"));
    return all.services()
        .filter(it -> RolloutPolicies.mostReplicas(all, it) * consumers > partitions())
        .map(it -> it.name() + " may have replicas with nothing to consume");
  }

  private static int partitions() {
    return Integer.parseInt(Metadata.defaultOf("allsquare.kafka.partitions"));
  }

  static Stream<String> brokersLoseNothing(Rendered all) {
    return all.kind("Kafka")
        .map(it -> it.at("/spec/kafka/config"))
        .filter(
            it ->
                it.path("default.replication.factor").asInt() != 3
                    || it.path("min.insync.replicas").asInt() != 2
                    || it.path("offsets.topic.replication.factor").asInt() != 3
                    || it.path("auto.create.topics.enable").asBoolean(true)
                    || it.path("unclean.leader.election.enable").asBoolean(true))
        .map(it -> "the brokers may lose records: " + it);
  }

  /** A new disk has a lost+found at its root, and a broker takes every directory for a topic. */
  static Stream<String> nothingElseIsOnTheLogsDisk(Rendered all) {
    return all.workloads().stream()
        .flatMap(
            workload ->
                Stream.ofNullable(Workload.environment(all, workload.main()).get("KAFKA_LOG_DIRS"))
                    .filter(
                        logs ->
                            each(workload.main().path("volumeMounts"))
                                .noneMatch(
                                    it -> logs.startsWith(it.path("mountPath").asText() + "/"))))
        .map(it -> it + " is the root of a disk, or on none");
  }

  static Stream<String> databasesLoseNothing(Rendered all) {
    return all.kind("Cluster")
        .filter(
            it ->
                it.at("/spec/instances").asInt() < 3
                    || it.at("/spec/postgresql/synchronous/number").asInt() < 1
                    || !it.at("/spec/postgresql/synchronous/dataDurability")
                        .asText()
                        .equals("required")
                    || all.kind("ScheduledBackup")
                        .noneMatch(
                            backup -> backup.at("/spec/cluster/name").asText().equals(name(it)))
                    || !all.has(
                        "ObjectStore",
                        it.at("/spec/plugins/0/parameters/barmanObjectName").asText()))
        .map(it -> "database " + name(it) + " may lose commits");
  }

  static Stream<String> everybodyTouchesTheirOwn(Rendered all) {
    return all.kind("KafkaUser")
        .flatMap(
            user ->
                Stream.of(
                        differing(user, "Read", READS.getOrDefault(name(user), Set.of())),
                        differing(user, "Write", written(name(user))))
                    .flatMap(it -> it)
                    .map(it -> name(user) + " and topic " + it));
  }

  private static Set<String> written(String user) {
    Set<String> topics = new TreeSet<>(WRITES.getOrDefault(user, Set.of()));
    READS.getOrDefault(user, Set.of()).forEach(it -> topics.add(it + ".dlt"));
    return topics;
  }

  private static Stream<String> differing(JsonNode user, String operation, Set<String> expected) {
    Set<String> allowed =
        each(user.at("/spec/authorization/acls"))
            .filter(it -> it.at("/resource/type").asText().equals("topic"))
            .filter(it -> !List.of("prefix").contains(it.at("/resource/patternType").asText()))
            .filter(it -> Rendered.texts(it.path("operations")).contains(operation))
            .map(it -> it.at("/resource/name").asText())
            .collect(Collectors.toSet());
    Set<String> all = new TreeSet<>(allowed);
    all.addAll(expected);
    return all.stream().filter(it -> !(allowed.contains(it) && expected.contains(it)));
  }

  static Stream<String> strangersDoNotReachTheLog(Rendered all) {
    return all.kind("Kafka")
        .flatMap(it -> each(it.at("/spec/kafka/listeners")))
        .filter(
            it ->
                !it.path("tls").asBoolean()
                    || !it.at("/authentication/type").asText().equals("tls")
                    || it.path("networkPolicyPeers").isEmpty())
        .map(it -> "listener " + it.path("name") + " is open");
  }
}
