package dev.allsquare.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka broker per JVM, with topics only where a test or a service creates them. It ends with
 * the JVM and not a moment earlier: contexts that are closing still talk to it. Its files stay in
 * the build directory.
 */
public final class TestKafka {

  private static final String BOOTSTRAP_SERVERS = start();

  private TestKafka() {}

  public static String bootstrapServers() {
    return BOOTSTRAP_SERVERS;
  }

  private static String start() {
    try {
      Path directory =
          Files.createTempDirectory(Files.createDirectories(Path.of("target")), "kafka");
      int port = freePort();
      var properties = properties(directory, port, freePort());
      format(directory, properties);
      var server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      server.startup();
      return "localhost:" + port;
    } catch (IOException e) {
      throw new IllegalStateException("Kafka did not start", e);
    }
  }

  private static Properties properties(Path directory, int port, int controllerPort) {
    var properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "log.dirs", directory.resolve("log").toString(),
            "listeners",
                "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort,
            "advertised.listeners", "PLAINTEXT://localhost:" + port,
            "controller.listener.names", "CONTROLLER",
            "controller.quorum.voters", "1@localhost:" + controllerPort,
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0"));
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "share.coordinator.state.topic.replication.factor", "1"));
    return properties;
  }

  private static void format(Path directory, Properties properties) throws IOException {
    Path file = directory.resolve("server.properties");
    try (var out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    StorageTool.execute(
        new String[] {"format", "-t", "AAAAAAAAAAAAAAAAAAAAAA", "-c", file.toString()},
        new PrintStream(OutputStream.nullOutputStream()));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
