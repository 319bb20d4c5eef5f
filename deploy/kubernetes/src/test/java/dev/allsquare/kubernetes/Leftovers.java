package dev.allsquare.kubernetes;

import com.github.dockerjava.api.DockerClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;

/**
 * What a run that was killed left behind. Whatever we make bears the name of the process that made
 * it; the next run removes what belongs to none any more.
 */
final class Leftovers {

  private static final String LABEL = "dev.allsquare.kubernetes";

  private Leftovers() {}

  /** The label for whatever this process makes. */
  static Map<String, String> ours() {
    return Map.of(LABEL, name(ProcessHandle.current()));
  }

  static void remove() {
    var docker = DockerClientFactory.lazyClient();
    docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(LABEL)).exec().stream()
        .filter(it -> nobodys(it.getLabels()))
        .forEach(it -> docker.removeContainerCmd(it.getId()).withForce(true).exec());
    docker.listNetworksCmd().withFilter("label", List.of(LABEL)).exec().stream()
        .filter(it -> nobodys(it.getLabels()))
        .forEach(it -> docker.removeNetworkCmd(it.getId()).exec());
    volumes(docker);
  }

  private static void volumes(DockerClient docker) {
    var volumes = docker.listVolumesCmd().withFilter("label", List.of(LABEL)).exec().getVolumes();
    Objects.requireNonNullElse(
            volumes, List.<com.github.dockerjava.api.command.InspectVolumeResponse>of())
        .stream()
        .filter(it -> nobodys(it.getLabels()))
        .forEach(it -> docker.removeVolumeCmd(it.getName()).exec());
  }

  private static boolean nobodys(Map<String, String> labels) {
    String owner = labels.getOrDefault(LABEL, "");
    return ProcessHandle.allProcesses().noneMatch(it -> name(it).equals(owner));
  }

  /** Numbers come round again; with the time of the start they do not. */
  private static String name(ProcessHandle process) {
    return process.pid() + "@" + process.info().startInstant().map(Object::toString).orElse("");
  }
}
