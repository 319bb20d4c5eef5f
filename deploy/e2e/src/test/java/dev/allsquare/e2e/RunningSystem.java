package dev.allsquare.e2e;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Everything the scenarios know about where the system runs: as processes of this machine or in
 * containers, no scenario notices.
 *
 * <p>Replicas count from 0. What stops or pauses a replica returns once it has; {@link #start}
 * returns once the replica is ready.
 */
interface RunningSystem extends AutoCloseable {

  /** How long a step before the pivot may take here: short, because a scenario waits for it. */
  Duration STEP_TIMEOUT = Duration.ofSeconds(12);

  /** What is configured otherwise than by default, wherever it runs. */
  static Map<String, String> settings(Service service) {
    return switch (service) {
      case ORDER ->
          Map.of(
              "allsquare.placing.step-timeout", STEP_TIMEOUT.toSeconds() + "s",
              "allsquare.saga.resend", "2s",
              "allsquare.inventory.read-timeout", "10s");
      case PAYMENT, INVENTORY -> Map.of();
    };
  }

  /** What runs where, in a few words for the summary. */
  String topology();

  /** How many replicas each service has. */
  int replicas();

  /** The REST interfaces of the n-th replica of each service. */
  Api api(int replica);

  /** Where Actuator answers, up to and including {@code /actuator/}. */
  URI management(Service service, int replica);

  /** The service's database, user and password included: for looking, never for touching. */
  String jdbcUrl(Service service);

  String bootstrapServers();

  /** As kill -9 does. */
  void kill(Service service, int replica);

  /** Gracefully. */
  void stop(Service service, int replica);

  void start(Service service, int replica);

  /** The process stays, and does nothing at all. */
  void pause(Service service, int replica);

  void resume(Service service, int replica);

  /** How many brokers Kafka has; they count from 0, too. */
  int brokers();

  void killBroker(int broker);

  void startBroker(int broker);

  /** Takes the network to one of its peers away from a replica. Only containers have such. */
  void cutOff(Service service, int replica, Peer peer);

  void reconnect(Service service, int replica, Peer peer);

  @Override
  void close();
}
