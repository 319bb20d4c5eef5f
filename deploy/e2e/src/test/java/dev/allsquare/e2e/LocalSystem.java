package dev.allsquare.e2e;

import dev.allsquare.local.RunningTopology;
import dev.allsquare.local.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** The system as processes of this machine. */
final class LocalSystem implements RunningSystem {

  private static final Path DATA = Path.of("target", "system");
  private static final String KAFKA = "kafka";
  private static final int REPLICAS = 2;

  private final RunningTopology topology;

  private LocalSystem(RunningTopology topology) {
    this.topology = topology;
  }

  static RunningSystem start() {
    try {
      FileSystemUtils.deleteRecursively(DATA);
    } catch (IOException e) {
      throw new UncheckedIOException("could not clear " + DATA, e);
    }
    var description = Topology.in(DATA).replicas(REPLICAS).randomPorts();
    for (var service : Service.values()) {
      for (var setting : RunningSystem.settings(service).entrySet()) {
        description = description.setting(service.toString(), setting.getKey(), setting.getValue());
      }
    }
    var topology = description.start(System.out::println);
    Runtime.getRuntime().addShutdownHook(new Thread(topology::close));
    return new LocalSystem(topology);
  }

  @Override
  public String topology() {
    return "processes of this machine: PostgreSQL, Kafka and %d replicas of each service"
        .formatted(REPLICAS);
  }

  @Override
  public int replicas() {
    return topology.replicas();
  }

  @Override
  public Api api(int replica) {
    return new Api(
        topology.service(Service.ORDER.toString(), replica + 1),
        topology.service(Service.PAYMENT.toString(), replica + 1),
        topology.service(Service.INVENTORY.toString(), replica + 1));
  }

  @Override
  public URI management(Service service, int replica) {
    return topology.management(service.toString(), replica + 1).resolve("/actuator/");
  }

  @Override
  public String jdbcUrl(Service service) {
    return topology.jdbcUrl(service.toString());
  }

  @Override
  public String bootstrapServers() {
    return topology.kafkaBootstrap();
  }

  @Override
  public void kill(Service service, int replica) {
    topology.kill(name(service, replica));
  }

  @Override
  public void stop(Service service, int replica) {
    topology.stop(name(service, replica));
  }

  @Override
  public void start(Service service, int replica) {
    topology.start(name(service, replica));
  }

  @Override
  public void pause(Service service, int replica) {
    topology.pause(name(service, replica));
  }

  @Override
  public void resume(Service service, int replica) {
    topology.resume(name(service, replica));
  }

  @Override
  public int brokers() {
    return 1;
  }

  @Override
  public void killBroker(int broker) {
    topology.kill(KAFKA);
  }

  @Override
  public void startBroker(int broker) {
    topology.start(KAFKA);
  }

  @Override
  public void cutOff(Service service, int replica, Peer peer) {
    throw new UnsupportedOperationException("processes of one machine have no network to cut");
  }

  @Override
  public void reconnect(Service service, int replica, Peer peer) {
    throw new UnsupportedOperationException("processes of one machine have no network to cut");
  }

  @Override
  public void close() {
    topology.close();
  }

  private static String name(Service service, int replica) {
    return replica == 0 ? service.toString() : service + "-" + (replica + 1);
  }
}
