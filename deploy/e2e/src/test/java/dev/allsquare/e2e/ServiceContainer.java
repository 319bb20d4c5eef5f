package dev.allsquare.e2e;

import com.github.dockerjava.api.model.HealthCheck;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.testcontainers.containers.wait.strategy.Wait;
import tools.jackson.databind.json.JsonMapper;

/** One replica of a service. */
record ServiceContainer(Service service, int replica, Joined container) {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long MEMORY = 512L * 1024 * 1024;

  /** They are started so often that the second compiler would never have paid for itself. */
  private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

  /** The tests look themselves. */
  private static final HealthCheck NOBODY_ASKS = new HealthCheck().withTest(List.of("NONE"));

  private static final String READY = "health/readiness";

  /** Read-only but for /tmp, as everybody should run it. */
  static ServiceContainer create(
      Service service, int replica, String image, Networks networks, Brokers brokers) {
    var container =
        new Joined(image)
            .join(networks.databases())
            .join(networks.kafka())
            .withNetwork(networks.front())
            .withNetworkAliases(name(service, replica))
            .withLabels(Leftovers.ours())
            .withExposedPorts(service.port(), service.managementPort())
            .withEnv(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://" + service.database() + "/" + service.database())
            .withEnv("SPRING_DATASOURCE_USERNAME", service.database())
            .withEnv("SPRING_DATASOURCE_PASSWORD", service.database())
            .withEnv("SPRING_KAFKA_BOOTSTRAP_SERVERS", brokers.inside())
            .withEnv("ALLSQUARE_KAFKA_REPLICATION", Integer.toString(brokers.number()))
            .withEnv(
                "ALLSQUARE_INVENTORY_URL",
                "http://" + name(Service.INVENTORY, replica) + ":" + Service.INVENTORY.port())
            .withEnv(
                "SPRING_APPLICATION_JSON",
                new JsonMapper().writeValueAsString(RunningSystem.settings(service)))
            .withEnv("JAVA_TOOL_OPTIONS", FIRST_COMPILER_ALONE)
            .withTmpFs(Map.of("/tmp", ""))
            .withCreateContainerCmdModifier(
                command ->
                    Objects.requireNonNull(command.withHealthcheck(NOBODY_ASKS).getHostConfig())
                        .withReadonlyRootfs(true)
                        .withMemory(MEMORY))
            .waitingFor(
                Wait.forHttp("/actuator/" + READY)
                    .forPort(service.managementPort())
                    .withStartupTimeout(PATIENCE));
    container.setPortBindings(
        List.of(FreePorts.binding(service.port()), FreePorts.binding(service.managementPort())));
    return new ServiceContainer(service, replica, container);
  }

  URI uri() {
    return at(service.port());
  }

  URI actuator() {
    return at(service.managementPort()).resolve("/actuator/");
  }

  String id() {
    return container.getContainerId();
  }

  /** Starts a container again that was stopped or killed. */
  void startAgain() {
    Engine.start(id());
    Awaitility.await("readiness of " + this)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .ignoreExceptions()
        .until(() -> Http.get(actuator().resolve(READY)).isSuccess());
  }

  @Override
  public String toString() {
    return name(service, replica);
  }

  private URI at(int port) {
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(port));
  }

  private static String name(Service service, int replica) {
    return service + "-" + (replica + 1);
  }
}
