package dev.allsquare.e2e;

import dev.allsquare.local.RunningTopology;
import dev.allsquare.local.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Two replicas of every service, PostgreSQL and three brokers as processes of this machine. What
 * they say to databases and brokers goes through links of ours; we ourselves go straight.
 */
final class CampaignSystem implements AutoCloseable {

  static final int REPLICAS = 2;
  static final int BROKERS = 3;

  private static final int POSTGRES_PORT = 15_432;
  private static final int KAFKA_PORT = 19_092;

  private final RunningTopology topology;
  private final Map<Service, Link> toDatabase;
  private final List<Link> toBrokers;
  private final Map<String, WallClock> clocks;
  private final SmallDisk disk;

  private CampaignSystem(
      RunningTopology topology,
      Map<Service, Link> toDatabase,
      List<Link> toBrokers,
      Map<String, WallClock> clocks,
      SmallDisk disk) {
    this.topology = topology;
    this.toDatabase = toDatabase;
    this.toBrokers = toBrokers;
    this.clocks = Map.copyOf(clocks);
    this.disk = disk;
  }

  /** A number to add to the usual ports, so that the result is free. */
  static int freeOffset() {
    int offset;
    do {
      offset = ThreadLocalRandom.current().nextInt(3_000, 12_000);
    } while (!isFree(POSTGRES_PORT + offset)
        || !isFree(KAFKA_PORT + offset)
        || !isFree(Service.ORDER.port() + offset)
        || !isFree(Service.ORDER.managementPort() + offset));
    return offset;
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Throws when this machine cannot have a kind of fault that has to come. */
  static CampaignSystem start(Path data, int offset, Set<String> kinds) {
    var disk = SmallDisk.at(data.resolve("postgres"));
    require(!kinds.contains("FillDisk") || disk.isSmall(), "FillDisk", "no disk can be mounted");
    var clockwork = WallClock.build(data.resolve("clocks"));
    require(
        !kinds.contains("JumpClock") || clockwork.isPresent(),
        "JumpClock",
        "gcc is not installed, or has no headers");
    var description = Topology.in(data).replicas(REPLICAS).brokers(BROKERS).portOffset(offset);
    var toDatabase = new EnumMap<Service, Link>(Service.class);
    for (var service : Service.values()) {
      var link = new Link(POSTGRES_PORT + offset);
      toDatabase.put(service, link);
      var url = "jdbc:postgresql://127.0.0.1:" + link.port() + "/" + service.database();
      description =
          description
              .setting(service.toString(), "spring.datasource.url", url)
              .setting(service.toString(), "allsquare.kafka.replication", "" + BROKERS);
    }
    var clocks = new HashMap<String, WallClock>();
    for (var name : clockwork.isPresent() ? names() : List.<String>of()) {
      var clock = new WallClock(clockwork.get(), data.resolve("clocks").resolve(name));
      clock.comeBack();
      clocks.put(name, clock);
      for (var variable : clock.environment().entrySet()) {
        description = description.environment(name, variable.getKey(), variable.getValue());
      }
    }
    var toBrokers =
        IntStream.range(0, BROKERS)
            .mapToObj(broker -> new Link(KAFKA_PORT + offset + 10 * broker))
            .toList();
    for (int broker = 0; broker < BROKERS; broker++) {
      var address = "PLAINTEXT://127.0.0.1:" + toBrokers.get(broker).port();
      description = description.brokerSetting(broker + 1, "advertised.listeners", address);
    }
    var topology = description.start(System.out::println);
    archiveClasses(topology);
    return new CampaignSystem(topology, toDatabase, toBrokers, clocks, disk);
  }

  /** Who ends in order writes them: from then on, a killed service is back in half the time. */
  private static void archiveClasses(RunningTopology topology) {
    Arrays.stream(Service.values())
        .map(Service::toString)
        .parallel()
        .forEach(
            service -> {
              topology.stop(service);
              topology.start(service);
            });
  }

  private static void require(boolean possible, String kind, String why) {
    if (!possible) {
      throw new IllegalStateException(
          "This machine cannot have %s: %s. without=%s leaves it out.".formatted(kind, why, kind));
    }
  }

  /** The replicas of all services. */
  static List<String> names() {
    return Arrays.stream(Service.values())
        .flatMap(service -> IntStream.range(0, REPLICAS).mapToObj(each -> name(service, each)))
        .toList();
  }

  RunningTopology topology() {
    return topology;
  }

  Link toDatabase(Service service) {
    return Objects.requireNonNull(toDatabase.get(service));
  }

  Link toBroker(int broker) {
    return toBrokers.get(broker);
  }

  WallClock clock(String name) {
    return Objects.requireNonNull(clocks.get(name));
  }

  SmallDisk disk() {
    return disk;
  }

  Api api(int replica) {
    return new Api(
        topology.service(Service.ORDER.toString(), replica + 1),
        topology.service(Service.PAYMENT.toString(), replica + 1),
        topology.service(Service.INVENTORY.toString(), replica + 1));
  }

  URI management(Service service, int replica) {
    return topology.management(service.toString(), replica + 1).resolve("/actuator/");
  }

  Database database(Service service) {
    return new Database(topology.jdbcUrl(service.toString()));
  }

  Groups groups() {
    return new Groups(topology.kafkaBootstrap());
  }

  Topics topics() {
    return new Topics(topology.kafkaBootstrap());
  }

  static String name(Service service, int replica) {
    return replica == 0 ? service.toString() : service + "-" + (replica + 1);
  }

  static String broker(int broker) {
    return broker == 0 ? "kafka" : "kafka-" + (broker + 1);
  }

  @Override
  public void close() {
    topology.close();
    toDatabase.values().forEach(Link::close);
    toBrokers.forEach(Link::close);
    disk.close();
  }
}
