package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.utility.DockerImageName;

/**
 * A container of a pod, run by a container engine as the manifest has it: its user, its read-only
 * root, no capabilities, its memory and CPU, its volumes and its environment.
 */
final class PodContainer extends GenericContainer<PodContainer> {

  static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Workload workload;

  PodContainer(
      Rendered all,
      Workload workload,
      JsonNode container,
      Network network,
      Function<String, String> claims) {
    super(DockerImageName.parse(container.path("image").asText()));
    this.workload = workload;
    withNetwork(network);
    withLabels(Leftovers.ours());
    withEnv(Workload.environment(all, container));
    withStartupTimeout(PATIENCE);
    withLogConsumer(this::tell);
    withExposedPorts(
        each(container.path("ports"))
            .map(it -> it.path("containerPort").asInt())
            .toArray(Integer[]::new));
    if (container.equals(workload.main())) {
      all.kind("Service")
          .filter(it -> WiringPolicies.backends(all, it).contains(workload))
          .forEach(it -> withNetworkAliases(Rendered.name(it)));
    }
    var constraints = new Constraints(workload.pod(), container);
    var mounts = new Mounts(all, workload, container, claims);
    withCreateContainerCmdModifier(
        command -> {
          var host = Objects.requireNonNull(command.withUser(constraints.user()).getHostConfig());
          constraints.apply(host);
          mounts.apply(host);
        });
  }

  /** Where a port of this name answers. */
  URI at(String port) {
    return URI.create(
        "http://" + getHost() + ":" + getMappedPort(WiringPolicies.containerPort(workload, port)));
  }

  private void tell(OutputFrame frame) {
    String line = frame.getUtf8String();
    if (line.contains("ERROR") || line.contains("FATAL")) {
      System.err.print(workload.name() + ": " + line);
    }
  }
}
