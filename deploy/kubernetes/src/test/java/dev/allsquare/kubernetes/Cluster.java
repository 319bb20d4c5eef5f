package dev.allsquare.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;

/** The local overlay without Kubernetes: one pod of each workload, in the order a kubelet has. */
final class Cluster implements AutoCloseable {

  private static final String DATABASE_READY = ".*database system is ready to accept connections.*";

  /** What operators of databases add: the log is kept, beside the data. */
  static final String ARCHIVE = "/var/lib/postgresql/archive";

  private final Rendered all = Rendered.local();
  private final Network network =
      Network.builder().createNetworkCmdModifier(it -> it.withLabels(Leftovers.ours())).build();
  private final String run = UUID.randomUUID().toString();
  private final TreeSet<String> volumes = new TreeSet<>();
  private final Map<String, PodContainer> pods = new HashMap<>();

  private Cluster() {}

  static Cluster start() {
    Leftovers.remove();
    var cluster = new Cluster();
    try {
      cluster.foundations();
      cluster.schemas();
      cluster.services();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void foundations() {
    all.kind("StatefulSet")
        .map(Workload::new)
        .forEach(
            it -> {
              var container = container(it, it.main());
              if (it.name().endsWith("-database")) {
                archiving(container).waitingFor(Wait.forLogMessage(DATABASE_READY, 2));
              } else {
                container.waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1));
              }
              pods.put(it.name(), container);
            });
    Startables.deepStart(pods.values()).join();
  }

  /** The init containers come first, so that they have something to wait for. */
  private void schemas() {
    var waiting = all.services().map(it -> once(container(it, it.waiting()))).toList();
    var waited = Startables.deepStart(waiting);
    Awaitility.await()
        .atMost(PodContainer.PATIENCE)
        .until(() -> waited.isDone() || waiting.stream().allMatch(Cluster::saysThatItWaits));
    if (waited.isDone()) {
      waited.join();
      throw new IllegalStateException("a service did not wait for its schema");
    }
    var migrations =
        all.kind("Job").map(Workload::new).map(it -> once(container(it, it.main()))).toList();
    CompletableFuture.allOf(Startables.deepStart(migrations), waited).join();
    Stream.concat(migrations.stream(), waiting.stream()).forEach(GenericContainer::stop);
  }

  private static boolean saysThatItWaits(PodContainer container) {
    return container.getContainerId() != null
        && container.getLogs().contains("waiting for the schema");
  }

  private void services() {
    all.services().forEach(it -> pods.put(it.name(), ready(it)));
    Startables.deepStart(all.services().map(it -> pod(it.name())).toList()).join();
  }

  private PodContainer ready(Workload service) {
    var probe = service.main().at("/readinessProbe/httpGet");
    return container(service, service.main())
        .waitingFor(
            Wait.forHttp(probe.path("path").asText())
                .forPort(WiringPolicies.containerPort(service, probe.path("port").asText())));
  }

  /** Has to end, and with 0. */
  private static PodContainer once(PodContainer container) {
    return container.withStartupCheckStrategy(
        new OneShotStartupCheckStrategy().withTimeout(PodContainer.PATIENCE));
  }

  private PodContainer container(Workload workload, JsonNode container) {
    return new PodContainer(all, workload, container, network, this::volume);
  }

  private String volume(String claim) {
    String name = claim + "-" + run;
    if (volumes.add(name)) {
      DockerClientFactory.lazyClient()
          .createVolumeCmd()
          .withName(name)
          .withLabels(Leftovers.ours())
          .exec();
    }
    return name;
  }

  private static PodContainer archiving(PodContainer database, String... more) {
    String command = "mkdir -p %s && cp %%p %s/%%f".formatted(ARCHIVE, ARCHIVE);
    return database.withCommand(
        Stream.concat(
                Stream.of("postgres", "-c", "archive_mode=on", "-c", "archive_command=" + command),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** The container that does the work of this Deployment or StatefulSet. */
  PodContainer pod(String workload) {
    return Objects.requireNonNull(pods.get(workload), workload);
  }

  URI at(String service, String port) {
    return pod(service).at(port);
  }

  /** Where a service's database answers this role. */
  String jdbcUrl(String service, String role) {
    String database = Objects.requireNonNull(Project.DATABASES.get(service));
    var server = pod(database + "-database").at("postgresql");
    return "jdbc:postgresql://%s/%s?user=%s".formatted(server.getAuthority(), database, role);
  }

  /** Scales to none. */
  void stop(String service) {
    DockerClientFactory.lazyClient()
        .stopContainerCmd(pod(service).getContainerId())
        .withTimeout((int) Duration.ofSeconds(75).toSeconds())
        .exec();
    pod(service).stop();
  }

  /** Scales up again: a new pod, with its init container first. */
  void startAgain(String service) {
    var workload = new Workload(all.object("Deployment", service));
    var waiting = once(container(workload, workload.waiting()));
    waiting.start();
    waiting.stop();
    pods.put(service, ready(workload));
    pod(service).start();
  }

  /** The database again, on the data in another directory of its volume. */
  void startDatabase(String name, String directory, List<String> settings) {
    var workload = new Workload(all.object("StatefulSet", name));
    var database =
        archiving(container(workload, workload.main()), settings.toArray(String[]::new))
            .withEnv("PGDATA", directory)
            .waitingFor(Wait.forLogMessage(DATABASE_READY, 1));
    pods.put(name, database);
    database.start();
  }

  @Override
  public void close() {
    pods.values().parallelStream().forEach(GenericContainer::stop);
    volumes.forEach(it -> DockerClientFactory.lazyClient().removeVolumeCmd(it).exec());
    network.close();
  }
}
