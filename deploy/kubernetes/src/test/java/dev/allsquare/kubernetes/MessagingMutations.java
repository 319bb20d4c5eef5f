package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Mutation.ofLocal;
import static dev.allsquare.kubernetes.Policy.*;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/** What keeps the log and the databases, taken away. */
final class MessagingMutations {

  private MessagingMutations() {}

  static List<Mutation> all() {
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
        ofLocal(
            NOTHING_ELSE_IS_ON_THE_LOGS_DISK,
            "the log at the root of its disk",
            all ->
                all.kind("ConfigMap")
                    .filter(it -> Rendered.name(it).startsWith("broker-config"))
                    .forEach(
                        it -> Mutation.set(it, "/data/KAFKA_LOG_DIRS", "/var/lib/kafka/data"))),
        Mutation.of(
            DATABASES_LOSE_NOTHING, "Cluster", "orders", "/spec/postgresql/synchronous", ""),
        Mutation.of(
            DATABASES_LOSE_NOTHING, "no backups", all -> all.remove("ScheduledBackup", it -> true)),
        Mutation.of(
            DATABASES_LOSE_NOTHING,
            "nowhere to back up to",
            all -> all.remove("ObjectStore", it -> true)),
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
}
