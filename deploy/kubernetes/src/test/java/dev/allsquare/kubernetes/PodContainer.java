package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A container of a pod, run by a container engine as the manifest has it: its user, its read-only
 * root, no capabilities, its memory and CPU, its volumes and its environment.
 */
final class PodContainer extends GenericContainer<PodContainer> {

  static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Path LOGS = Path.of("target", "pods");

  private final Workload workload;
  private final String name;

  PodContainer(
      Rendered all,
      Workload workload,
      JsonNode container,
      Network network,
      Function<String, String> claims) {
    super(DockerImageName.parse(container.path("image").asText()));
    this.workload = workload;
    this.name = workload.name() + "." + container.path("name").asText();
    withNetwork(network);
    withLabels(Leftovers.ours());
    withEnv(Workload.environment(all, container));
    withLogConsumer(this::keep);
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

  /** Each way to wait comes with a minute of its own; a busy machine needs more. */
  @Override
  public PodContainer waitingFor(WaitStrategy strategy) {
    return super.waitingFor(strategy.withStartupTimeout(PATIENCE));
  }

  /** Where a port of this name answers. */
  URI at(String port) {
    return URI.create(
        "http://" + getHost() + ":" + getMappedPort(WiringPolicies.containerPort(workload, port)));
  }

  /** What a pod says is for whoever looks for the cause of a failure. */
  private void keep(OutputFrame frame) {
    try {
      Files.createDirectories(LOGS);
      Files.writeString(
          LOGS.resolve(name + ".log"),
          frame.getUtf8String(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
