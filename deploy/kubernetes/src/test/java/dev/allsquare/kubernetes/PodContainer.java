package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * A container of a pod, run by a container engine as the manifest has it: its user, its read-only
 * root, no capabilities, its memory and CPU, its volumes and its environment.
 */
final class PodContainer extends GenericContainer<PodContainer> {

  PodContainer(Rendered all, Workload workload, JsonNode container, Network network) {
    super(DockerImageName.parse(container.path("image").asText()));
    withNetwork(network);
    names(all, workload).forEach(this::withNetworkAliases);
    withEnv(Workload.environment(all, container));
    withExposedPorts(
        each(container.path("ports"))
            .map(it -> it.path("containerPort").asInt())
            .toArray(Integer[]::new));
    withTmpFs(scratch(workload, container));
    configuration(all, workload, container)
        .forEach((path, from) -> withFileSystemBind(from.toString(), path, BindMode.READ_ONLY));
    withCreateContainerCmdModifier(it -> constrain(it, workload.pod(), container));
  }

  /** Under a Service's name it is reached only when the pod that does the work serves it. */
  private static Stream<String> names(Rendered all, Workload workload) {
    return all.kind("Service")
        .filter(it -> WiringPolicies.backends(all, it).contains(workload))
        .map(Rendered::name);
  }

  private static void constrain(CreateContainerCmd command, JsonNode pod, JsonNode container) {
    var rights = container.path("securityContext");
    command.withUser(
        pod.at("/securityContext/runAsUser").asText()
            + ":"
            + pod.at("/securityContext/runAsGroup").asText());
    var host = Objects.requireNonNull(command.getHostConfig());
    host.withReadonlyRootfs(rights.path("readOnlyRootFilesystem").asBoolean())
        .withCapDrop(
            each(rights.at("/capabilities/drop"))
                .map(it -> Capability.valueOf(it.asText()))
                .toArray(Capability[]::new))
        .withMemory(bytes(container.at("/resources/limits/memory").asText()))
        .withMemorySwap(bytes(container.at("/resources/limits/memory").asText()))
        .withNanoCPUs(container.at("/resources/limits/cpu").asLong() * 1_000_000_000L);
    if (!rights.path("allowPrivilegeEscalation").asBoolean(true)) {
      host.withSecurityOpts(List.of("no-new-privileges"));
    }
  }

  /** What survives a pod and what does not makes no difference to one that is started once. */
  private static Map<String, String> scratch(Workload workload, JsonNode container) {
    Map<String, String> mounts = new HashMap<>();
    each(container.path("volumeMounts"))
        .filter(it -> !volume(workload, it).has("configMap"))
        .forEach(it -> mounts.put(it.path("mountPath").asText(), "rw,exec,mode=1777"));
    return mounts;
  }

  private static Map<String, Path> configuration(
      Rendered all, Workload workload, JsonNode container) {
    Map<String, Path> mounts = new HashMap<>();
    each(container.path("volumeMounts"))
        .filter(it -> volume(workload, it).has("configMap"))
        .forEach(
            it ->
                mounts.put(
                    it.path("mountPath").asText(),
                    files(
                        all.object(
                            "ConfigMap", volume(workload, it).at("/configMap/name").asText()))));
    return mounts;
  }

  private static JsonNode volume(Workload workload, JsonNode mount) {
    return each(workload.pod().path("volumes"))
        .filter(it -> it.path("name").equals(mount.path("name")))
        .findFirst()
        .orElse(mount);
  }

  private static Path files(JsonNode configMap) {
    try {
      Path directory =
          Files.createDirectories(
              Path.of("target", "config-maps", Rendered.name(configMap)).toAbsolutePath());
      for (var entry : configMap.path("data").properties()) {
        Files.writeString(directory.resolve(entry.getKey()), entry.getValue().asText());
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long bytes(String quantity) {
    return Quantity.getAmountInBytes(
            new Quantity(quantity))
        .longValueExact();
  }
}
