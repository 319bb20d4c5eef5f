package dev.allsquare.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.lifecycle.Startables;

/** The local overlay without Kubernetes: every pod's containers in the order a kubelet has. */
final class Cluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Rendered all = Rendered.local();
  private final Network network = Network.newNetwork();
  private final List<PodContainer> foundations;
  private final Map<String, PodContainer> services;

  private Cluster() {
    foundations = kind("StatefulSet").map(it -> container(it, it.main()).waitingFor(logged())).toList();
    services =
        kind("Deployment")
            .collect(Collectors.toMap(Workload::name, it -> container(it, it.main()).waitingFor(ready(it))));
  }

  static Cluster start() {
    var cluster = new Cluster();
    try {
      Startables.deepStart(cluster.foundations).join();
      // Nobody says which comes first: who waits for the schema, or who makes it.
      Startables.deepStart(Stream.concat(cluster.waiting(), cluster.migrating()).toList()).join();
      Startables.deepStart(cluster.services.values()).join();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private Stream<PodContainer> waiting() {
    return kind("Deployment").map(it -> once(container(it, it.waiting())));
  }

  private Stream<PodContainer> migrating() {
    return kind("Job").map(it -> once(container(it, it.main())));
  }

  /** Has to end, and with 0. */
  private static PodContainer once(PodContainer container) {
    container.setPortBindings(List.of());
    return container.withStartupCheckStrategy(
        new OneShotStartupCheckStrategy().withTimeout(PATIENCE));
  }

  URI at(String service, String port) {
    var container = container(service);
    var workload = kind("Deployment").filter(it -> it.name().equals(service)).findFirst().orElseThrow();
    int mapped = container.getMappedPort(WiringPolicies.containerPort(workload, port));
    return URI.create("http://" + container.getHost() + ":" + mapped);
  }

  PodContainer container(String service) {
    return Objects.requireNonNull(services.get(service));
  }

  private PodContainer container(Workload workload, JsonNode container) {
    return new PodContainer(all, workload, container, network)
        .withLogConsumer(Cluster::tell)
        .withStartupTimeout(PATIENCE);
  }

  private static void tell(OutputFrame frame) {
    String line = frame.getUtf8String();
    if (line.contains("ERROR") || line.contains("FATAL")) {
      System.err.print(line);
    }
  }

  private Stream<Workload> kind(String kind) {
    return all.workloads().stream().filter(it -> it.kind().equals(kind));
  }

  private static WaitStrategy logged() {
    return Wait.forLogMessage(
            "(?s).*(PostgreSQL init process complete.*ready to accept connections|Kafka Server started).*", 1)
        .withStartupTimeout(PATIENCE);
  }

  private static WaitStrategy ready(Workload service) {
    var probe = service.main().at("/readinessProbe/httpGet");
    return Wait.forHttp(probe.path("path").asText())
        .forPort(WiringPolicies.containerPort(service, probe.path("port").asText()))
        .withStartupTimeout(PATIENCE);
  }

  @Override
  public void close() {
    Stream.concat(services.values().stream(), foundations.stream())
        .parallel()
        .forEach(GenericContainer::stop);
    network.close();
  }
}
