package dev.allsquare.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The whole of Allsquare on one machine, as code: real PostgreSQL, real Kafka and the three
 * services, each an operating-system process of its own.
 *
 * <pre>{@code
 * try (var system = Topology.in(directory).replicas(2).randomPorts().start(Progress.silent())) {
 *   system.kill("payment-service");
 *   …
 *   system.start("payment-service");
 * }
 * }</pre>
 *
 * <p>The parts are called {@code postgres}, {@code kafka}, {@code order-service}, {@code
 * payment-service}, {@code inventory-service}; further replicas {@code order-service-2} and so on,
 * further brokers {@code kafka-2}. The services run from the jars that the build has made: it has
 * to come as far as {@code package}.
 */
public final class Topology {

  private static final int PASSWORD_BYTES = 16;

  private final Path data;
  private final Path home;
  private final int replicas;
  private final int brokers;
  private final int offset;
  private final boolean randomPorts;
  private final boolean observed;
  private final SortedMap<String, String> settings;

  private Topology(
      Path data,
      Path home,
      int replicas,
      int brokers,
      int offset,
      boolean randomPorts,
      boolean observed,
      SortedMap<String, String> settings) {
    this.data = data;
    this.home = home;
    this.replicas = replicas;
    this.brokers = brokers;
    this.offset = offset;
    this.randomPorts = randomPorts;
    this.observed = observed;
    this.settings = settings;
  }

  /** A topology whose state is in the given directory, and survives there. */
  public static Topology in(Path dataDirectory) {
    Path data = dataDirectory.toAbsolutePath().normalize();
    return new Topology(data, Home.find(), 1, 1, 0, false, false, new TreeMap<>());
  }

  /** So many processes of each service. */
  public Topology replicas(int number) {
    if (number < 1) {
      throw new TopologyException("At least one replica of each service is needed.");
    }
    return new Topology(data, home, number, brokers, offset, randomPorts, observed, settings);
  }

  /** So many nodes of Kafka; they keep their topics on as many of them as the services ask for. */
  public Topology brokers(int number) {
    if (number < 1) {
      throw new TopologyException("At least one broker is needed.");
    }
    return new Topology(data, home, replicas, number, offset, randomPorts, observed, settings);
  }

  /** All on free ports, so that several topologies live side by side. */
  public Topology randomPorts() {
    return new Topology(data, home, replicas, brokers, offset, true, observed, settings);
  }

  /** All on the usual ports plus this number. */
  public Topology portOffset(int number) {
    return new Topology(data, home, replicas, brokers, number, randomPorts, observed, settings);
  }

  /** With Prometheus beside it, or not; where it has to be, it has to be installed. */
  Topology observed(boolean wanted) {
    return new Topology(data, home, replicas, brokers, offset, randomPorts, wanted, settings);
  }

  /** What runs is taken from this built repository. */
  Topology home(Path repository) {
    return new Topology(
        data, repository, replicas, brokers, offset, randomPorts, observed, settings);
  }

  /** Sets a configuration property of all replicas of a service, say {@code order-service}. */
  public Topology setting(String service, String property, String value) {
    var more = new TreeMap<>(settings);
    more.put(ServiceKind.named(service).serviceName() + "/" + property, value);
    return with(more);
  }

  /** Sets a configuration property of one broker; the first is number 1. */
  public Topology brokerSetting(int broker, String property, String value) {
    var more = new TreeMap<>(settings);
    more.put(KafkaBroker.name(broker) + "/" + property, value);
    return with(more);
  }

  /** Sets an environment variable of one part's process, say {@code order-service-2}. */
  public Topology environment(String part, String variable, String value) {
    var more = new TreeMap<>(settings);
    more.put(Plan.ENVIRONMENT + part + "/" + variable, value);
    return with(more);
  }

  private Topology with(SortedMap<String, String> more) {
    return new Topology(data, home, replicas, brokers, offset, randomPorts, observed, more);
  }

  /**
   * Starts everything and returns when all services are ready. Whatever was started is stopped
   * again when something fails.
   */
  public RunningTopology start(Progress progress) {
    return start(progress, _ -> {});
  }

  /** Does so, and something more with each service as soon as it is ready. */
  RunningTopology start(Progress progress, Consumer<ServiceReplica> whenReady) {
    refuseWhenRunning(data);
    var running = new RunningTopology(plan());
    running.startAll(progress, whenReady);
    return running;
  }

  /** The topology that was started last in this directory, whether it still runs or not. */
  static Optional<RunningTopology> known(Path dataDirectory) {
    return Plan.saved(dataDirectory.toAbsolutePath().normalize()).map(RunningTopology::new);
  }

  /** The one that {@code deploy/local/up} started last, whether it still runs or not. */
  public static Optional<RunningTopology> startedHere() {
    return known(Home.find().resolve("deploy/local/data"));
  }

  static void refuseWhenRunning(Path data) {
    known(data)
        .filter(RunningTopology::isAnythingRunning)
        .ifPresent(
            running -> {
              throw new TopologyException(
                  "Allsquare runs already: %s.%ndeploy/local/status shows it, deploy/local/down stops it."
                      .formatted(running.describeRunning()));
            });
  }

  private Plan plan() {
    var ports =
        randomPorts ? Ports.random(replicas, brokers) : Ports.fixed(replicas, brokers, offset);
    var all = observed ? ports.and(PrometheusServer.NAME, PrometheusServer.PORT + offset) : ports;
    return new Plan(home, data, replicas, brokers, all, password(), settings);
  }

  /** The roles keep the password that they were created with. */
  private String password() {
    boolean created = Files.exists(data.resolve(PostgresServer.NAME));
    return Plan.saved(data).filter(plan -> created).map(Plan::password).orElseGet(Topology::random);
  }

  private static String random() {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
