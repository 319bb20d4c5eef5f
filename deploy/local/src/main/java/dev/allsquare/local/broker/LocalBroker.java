package dev.allsquare.local.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * One combined KRaft node: formats its storage the first time, then serves until it is told to
 * stop.
 */
public final class LocalBroker {

  /** All nodes of one cluster share it; ours has one node, which only 127.0.0.1 can reach. */
  private static final String CLUSTER = "AllsquareLocalKafka001";

  private LocalBroker() {}

  /** Runs the broker that the given properties file describes. */
  public static void main(String[] arguments) throws IOException {
    String file = arguments[0];
    // One JVM formats and serves: a second one for the formatting would cost a second of start-up.
    StorageTool.execute(
        new String[] {"format", "--ignore-formatted", "-t", CLUSTER, "-c", file}, System.out);
    var server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties(Path.of(file)), false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-broker"));
    server.startup();
    server.awaitShutdown();
  }

  private static Properties properties(Path file) throws IOException {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return properties;
  }
}
