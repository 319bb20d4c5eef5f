package dev.allsquare.local;

import dev.allsquare.local.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * One combined KRaft node on a classpath of its own.
 *
 * @param number of the node, from 1; the first has the plain name
 */
record KafkaBroker(Plan plan, int number) implements Part {

  static final String NAME = "kafka";

  private static final List<String> LOGGING =
      List.of(
          "-Dorg.slf4j.simpleLogger.showDateTime=true",
          "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
          "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info");

  @Override
  public String name() {
    return name(number);
  }

  static String name(int number) {
    return number == 1 ? NAME : NAME + "-" + number;
  }

  String address() {
    return Ports.HOST + ":" + port();
  }

  @Override
  public int port() {
    return plan.ports().of(name());
  }

  @Override
  public List<String> portNames() {
    return List.of(name(), Ports.controller(number));
  }

  @Override
  public void prepare(Progress progress) throws IOException {
    Jars.single(libraries(), "kafka_*.jar");
    Files.createDirectories(base());
    OwnerOnly.write(file(), out -> properties().store(out, null));
  }

  private Properties properties() {
    String controller = controller(number);
    String replication = Integer.toString(plan.brokers());
    String inSync = Integer.toString((plan.brokers() + 1) / 2);
    var properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            Integer.toString(number),
            "log.dirs",
            base().resolve("log").toString(),
            "listeners",
            "PLAINTEXT://%s,CONTROLLER://%s".formatted(address(), controller),
            "advertised.listeners",
            "PLAINTEXT://" + address(),
            "controller.listener.names",
            "CONTROLLER",
            "controller.quorum.voters",
            plan.kafka().stream()
                .map(node -> node.number + "@" + controller(node.number))
                .collect(Collectors.joining(",")),
            "auto.create.topics.enable",
            "false",
            "group.initial.rebalance.delay.ms",
            "0"));
    // A killed broker may register again once its old session is over: by default nine seconds.
    properties.putAll(
        Map.of("broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms", "500"));
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", replication,
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", replication,
            "transaction.state.log.min.isr", inSync,
            "share.coordinator.state.topic.replication.factor", replication,
            "share.coordinator.state.topic.min.isr", inSync));
    properties.putAll(plan.settingsOf(name()));
    return properties;
  }

  private String controller(int node) {
    return Ports.HOST + ":" + plan.ports().of(Ports.controller(node));
  }

  @Override
  public Launch launch() {
    var command =
        new ArrayList<>(
            List.of(
                Java.program(),
                "-Xms64m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(Java.COMPILE_LATER);
    command.addAll(
        Java.classesFrom(
            libraries().resolve("classes.jsa"), ArchiveWriter.is(plan.data(), libraries())));
    command.addAll(LOGGING);
    command.addAll(
        List.of(
            "-cp",
            libraries().resolve("*").toString(),
            LocalBroker.class.getName(),
            file().toString()));
    return new Launch(command, Map.of(), base());
  }

  @Override
  public boolean isReady() {
    return KafkaProbe.answers(port());
  }

  private Path libraries() {
    return plan.home().resolve("deploy/local/target/kafka");
  }

  private Path base() {
    return plan.data().resolve(name());
  }

  private Path file() {
    return base().resolve("server.properties");
  }
}
