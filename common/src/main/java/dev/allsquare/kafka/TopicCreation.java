package dev.allsquare.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates what is missing and changes nothing that exists: another number of partitions would break
 * the order per key.
 */
final class TopicCreation {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final Logger log = LoggerFactory.getLogger(TopicCreation.class);

  private final Map<String, Object> adminSettings;
  private final MessagingProperties settings;
  private final Map<String, NewTopic> missing = new HashMap<>();

  TopicCreation(
      Map<String, Object> adminSettings,
      MessagingProperties settings,
      Collection<Topics> declared) {
    this.adminSettings = adminSettings;
    this.settings = settings;
    for (Topics topics : declared) {
      topics.tables().forEach(topic -> add(topic, TopicConfig.CLEANUP_POLICY_COMPACT));
      topics.streams().forEach(topic -> add(topic, TopicConfig.CLEANUP_POLICY_DELETE));
    }
  }

  /**
   * Tries once and says whether every topic is there now.
   *
   * @throws TimeoutException when no broker answers
   */
  boolean attempt() throws InterruptedException {
    var client = new HashMap<>(adminSettings);
    client.put("default.api.timeout.ms", TIMEOUT_MILLIS);
    client.put("request.timeout.ms", TIMEOUT_MILLIS / 2);
    try (var admin = Admin.create(client)) {
      var results =
          admin
              .createTopics(missing.values(), new CreateTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
              .values();
      for (var result : results.entrySet()) {
        if (exists(result.getKey(), result.getValue())) {
          missing.remove(result.getKey());
        }
      }
    }
    return missing.isEmpty();
  }

  private static boolean exists(String topic, KafkaFuture<Void> creation)
      throws InterruptedException {
    try {
      creation.get();
      return true;
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case TopicExistsException _ -> true;
        case AuthorizationException denied -> {
          log.warn("not allowed to create topic {}; somebody else must have: {}", topic, denied);
          yield true;
        }
        case TimeoutException unreachable -> throw unreachable;
        case null, default -> {
          log.debug("topic {} could not be created yet", topic, e);
          yield false;
        }
      };
    }
  }

  private void add(String topic, String cleanup) {
    missing.putIfAbsent(topic, topic(topic, cleanup));
    String deadLetters = topic + Topics.DEAD_LETTER_SUFFIX;
    missing.putIfAbsent(deadLetters, topic(deadLetters, TopicConfig.CLEANUP_POLICY_DELETE));
  }

  private NewTopic topic(String name, String cleanup) {
    int inSync = (settings.replication() + 1) / 2;
    return new NewTopic(name, settings.partitions(), settings.replication())
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, cleanup,
                TopicConfig.RETENTION_MS_CONFIG, String.valueOf(settings.retention().toMillis()),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(inSync)));
  }
}
