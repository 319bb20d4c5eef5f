package dev.allsquare.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One process of the topology: how it is prepared, started, found ready and told to stop. */
sealed interface Part permits PostgresServer, KafkaBroker, ServiceReplica, PrometheusServer {

  /**
   * What the operating system is given.
   *
   * @param command the program and its arguments
   * @param environment added to ours
   * @param directory where it runs
   */
  record Launch(List<String> command, Map<String, String> environment, Path directory) {}

  String name();

  int port();

  /** The names of all ports it listens on. */
  default List<String> portNames() {
    return List.of(name());
  }

  /** Makes what has to be there before the process can start; quick when it already is. */
  void prepare(Progress progress) throws IOException, InterruptedException;

  Launch launch();

  /** Whether it does its work now. */
  boolean isReady();

  /** What is done each time once it is ready, before others may rely on it. */
  default void complete() {}

  /** What makes it stop in order. */
  default Signal stopSignal() {
    return Signal.TERM;
  }

  /** How long a stop in order may take before it is cut short. */
  default Duration grace() {
    return Duration.ofSeconds(20);
  }
}
