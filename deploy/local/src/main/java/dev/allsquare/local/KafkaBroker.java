package dev.allsquare.local;

import dev.allsquare.local.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** One combined KRaft node on a classpath of its own. */
record KafkaBroker(Plan plan) implements Part {

  static final String NAME = "kafka";

  private static final List<String> LOGGING =
      List.of(
          "-Dorg.slf4j.simpleLogger.showDateTime=true",
          "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
          "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return plan.ports().of(NAME);
  }

  @Override
  public List<String> portNames() {
    return List.of(NAME, Ports.CONTROLLER);
  }

  @Override
  public void prepare(Progress progress) throws IOException {
    Jars.single(libraries(), "kafka_*.jar");
    Files.createDirectories(base());
    OwnerOnly.write(file(), out -> properties().store(out, null));
  }

  private Properties properties() {
    int controller = plan.ports().of(Ports.CONTROLLER);
    var properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "log.dirs", base().resolve("log").toString(),
            "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d"
                    .formatted(Ports.HOST, port(), Ports.HOST, controller),
            "advertised.listeners", "PLAINTEXT://" + Ports.HOST + ":" + port(),
            "controller.listener.names", "CONTROLLER",
            "controller.quorum.voters", "1@" + Ports.HOST + ":" + controller,
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0"));
    // A killed broker may register again once its old session is over: by default nine seconds.
    properties.putAll(
        Map.of("broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms", "500"));
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1"));
    return properties;
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
    return plan.data().resolve(NAME);
  }

  private Path file() {
    return base().resolve("server.properties");
  }
}
