package dev.allsquare.e2e;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The system as containers: the images that are deployed, in networks that can be cut. */
final class ContainerSystem implements RunningSystem {

  private static final Path LOGS = Path.of("target", "containers");
  private static final int REPLICAS = 2;

  private final Path logs;
  private final Networks networks = Networks.create();
  private final Map<Service, PostgreSQLContainer> databases;
  private final Brokers brokers;
  private final Map<Service, List<ServiceContainer>> services;

  private ContainerSystem(Images images, int brokers) {
    this.logs = LOGS.resolve(images.name()).resolve("logs");
    this.databases = each(service -> database(images.postgres(), service));
    Startables.deepStart(databases.values()).join();
    databases.forEach(
        (service, database) ->
            Engine.connect(database.getContainerId(), networks.databases(), service.database()));
    this.brokers = Brokers.start(brokers, images.kafka(), networks);
    this.services = each(service -> replicas(images.service(service), service));
    Startables.deepStart(allReplicas().map(ServiceContainer::container).toList()).join();
  }

  static ContainerSystem start(Images images, int brokers) {
    Leftovers.remove();
    return new ContainerSystem(images, brokers);
  }

  /** Durable, unlike what Testcontainers would start: it is killed and has to know what it said. */
  private PostgreSQLContainer database(String image, Service service) {
    var database =
        new PostgreSQLContainer(image)
            .withNetwork(networks.front())
            .withLabels(Leftovers.ours())
            .withDatabaseName(service.database())
            .withUsername(service.database())
            .withPassword(service.database());
    database.setCommand("postgres", "-c", "jit=off");
    database.setPortBindings(List.of(FreePorts.binding(PostgreSQLContainer.POSTGRESQL_PORT)));
    return database;
  }

  private List<ServiceContainer> replicas(String image, Service service) {
    return IntStream.range(0, REPLICAS)
        .mapToObj(n -> ServiceContainer.create(service, n, image, networks, brokers))
        .collect(toCollection(CopyOnWriteArrayList::new));
  }

  @Override
  public String topology() {
    return "containers: a PostgreSQL for each service, %d Kafka broker(s), %d replicas of each service"
        .formatted(brokers.number(), REPLICAS);
  }

  @Override
  public int replicas() {
    return REPLICAS;
  }

  @Override
  public Api api(int replica) {
    return new Api(
        replica(Service.ORDER, replica).uri(),
        replica(Service.PAYMENT, replica).uri(),
        replica(Service.INVENTORY, replica).uri());
  }

  @Override
  public URI management(Service service, int replica) {
    return replica(service, replica).actuator();
  }

  @Override
  public String jdbcUrl(Service service) {
    var database = require(databases, service);
    return "%s&user=%s&password=%s"
        .formatted(database.getJdbcUrl(), database.getUsername(), database.getPassword());
  }

  @Override
  public String bootstrapServers() {
    return brokers.outside();
  }

  @Override
  public void kill(Service service, int replica) {
    Engine.kill(replica(service, replica).id());
  }

  @Override
  public void stop(Service service, int replica) {
    Engine.stop(replica(service, replica).id());
  }

  @Override
  public void start(Service service, int replica) {
    replica(service, replica).startAgain();
  }

  @Override
  public void pause(Service service, int replica) {
    Engine.pause(replica(service, replica).id());
  }

  @Override
  public void resume(Service service, int replica) {
    Engine.resume(replica(service, replica).id());
  }

  /** Stops a replica in order and starts one of another image in its place. */
  void replace(Service service, int replica, Images images) {
    var predecessor = replica(service, replica);
    Engine.stop(predecessor.id());
    keepLog(predecessor + "-before", predecessor.container());
    predecessor.container().stop();
    var successor =
        ServiceContainer.create(service, replica, images.service(service), networks, brokers);
    successor.container().start();
    require(services, service).set(replica, successor);
  }

  @Override
  public int brokers() {
    return brokers.number();
  }

  @Override
  public void killBroker(int broker) {
    Engine.kill(brokers.id(broker));
  }

  @Override
  public void startBroker(int broker) {
    Engine.start(brokers.id(broker));
  }

  @Override
  public void cutOff(Service service, int replica, Peer peer) {
    Engine.disconnect(replica(service, replica).id(), networks.of(peer));
  }

  @Override
  public void reconnect(Service service, int replica, Peer peer) {
    Engine.connect(replica(service, replica).id(), networks.of(peer), "");
  }

  @Override
  public void close() {
    keepLogs();
    containers().parallel().forEach(GenericContainer::stop);
    networks.close();
  }

  private void keepLogs() {
    allReplicas().forEach(each -> keepLog(each.toString(), each.container()));
    databases.forEach((service, database) -> keepLog(service.database(), database));
    for (var broker : brokers.containers()) {
      keepLog("kafka-" + (1 + brokers.containers().indexOf(broker)), broker);
    }
  }

  private void keepLog(String name, GenericContainer<?> container) {
    try {
      Files.createDirectories(logs);
      Files.writeString(logs.resolve(name + ".log"), container.getLogs());
    } catch (IOException e) {
      throw new UncheckedIOException("could not keep the log of " + name, e);
    }
  }

  private Stream<GenericContainer<?>> containers() {
    return Stream.of(
            allReplicas().map(ServiceContainer::container),
            brokers.containers().stream(),
            databases.values().stream())
        .flatMap(each -> each);
  }

  private Stream<ServiceContainer> allReplicas() {
    return services.values().stream().flatMap(List::stream);
  }

  private ServiceContainer replica(Service service, int replica) {
    return require(services, service).get(replica);
  }

  private static <T> T require(Map<Service, T> of, Service service) {
    return Objects.requireNonNull(of.get(service));
  }

  private static <T> Map<Service, T> each(Function<Service, T> what) {
    return Arrays.stream(Service.values()).collect(toMap(service -> service, what));
  }
}
