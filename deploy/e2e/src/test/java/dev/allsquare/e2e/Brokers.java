package dev.allsquare.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;

/** Kafka: one broker, or several that keep every record among them. */
record Brokers(List<? extends GenericContainer<?>> containers) {

  private static final int INSIDE = 19092;
  private static final int OUTSIDE = 9092;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Map<String, String> SETTINGS =
      Map.of(
          "KAFKA_PROCESS_ROLES", "broker,controller",
          "KAFKA_LISTENERS", "INSIDE://:19092,OUTSIDE://:9092,CONTROLLER://:9093",
          "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
              "INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT",
          "KAFKA_INTER_BROKER_LISTENER_NAME", "INSIDE",
          "KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER",
          "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "3",
          "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4",
          "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0",
          "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
          "KAFKA_HEAP_OPTS", "-Xms64m -Xmx384m -XX:TieredStopAtLevel=1");

  static Brokers start(int number, String image, Networks networks) {
    return number == 1 ? one(image, networks) : several(number, image, networks);
  }

  private static Brokers one(String image, Networks networks) {
    var broker =
        new KafkaContainer(image)
            .withListener("0.0.0.0:" + INSIDE, () -> name(1) + ":" + INSIDE)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withNetwork(networks.front())
            .withLabels(Leftovers.ours())
            .withStartupTimeout(PATIENCE);
    broker.setPortBindings(List.of(FreePorts.binding(OUTSIDE)));
    broker.start();
    Engine.connect(broker.getContainerId(), networks.kafka(), name(1));
    return new Brokers(List.of(broker));
  }

  private static Brokers several(int number, String image, Networks networks) {
    var voters = each(number, id -> id + "@" + name(id) + ":9093");
    var brokers =
        IntStream.rangeClosed(1, number)
            .mapToObj(
                id -> broker(id, image, networks).withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", voters))
            .toList();
    Startables.deepStart(brokers).join();
    return new Brokers(brokers);
  }

  private static Joined broker(int id, String image, Networks networks) {
    var binding = FreePorts.binding(OUTSIDE);
    var broker =
        new Joined(image)
            .join(networks.kafka(), name(id))
            .withNetwork(networks.front())
            .withLabels(Leftovers.ours())
            .withExposedPorts(OUTSIDE)
            .withEnv(SETTINGS)
            .withEnv("KAFKA_NODE_ID", Integer.toString(id))
            .waitingFor(
                Wait.forLogMessage(".*Kafka Server started.*", 1).withStartupTimeout(PATIENCE));
    broker.setPortBindings(List.of(binding));
    return broker.withEnv(
        "KAFKA_ADVERTISED_LISTENERS",
        "INSIDE://%s:%d,OUTSIDE://%s:%s"
            .formatted(
                name(id), INSIDE, broker.getHost(), binding.substring(0, binding.indexOf(':'))));
  }

  int number() {
    return containers.size();
  }

  String id(int broker) {
    return containers.get(broker).getContainerId();
  }

  /** What a service connects to. */
  String inside() {
    return each(number(), id -> name(id) + ":" + INSIDE);
  }

  /** What a test connects to. */
  String outside() {
    return containers.stream()
        .map(broker -> broker.getHost() + ":" + broker.getMappedPort(OUTSIDE))
        .collect(Collectors.joining(","));
  }

  private static String each(int number, IntFunction<String> what) {
    return IntStream.rangeClosed(1, number).mapToObj(what).collect(Collectors.joining(","));
  }

  private static String name(int id) {
    return "kafka-" + id;
  }
}
