package dev.allsquare.e2e;

import com.github.dockerjava.api.DockerClient;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/**
 * What a run that was killed left behind. Every container and network of ours bears the number of
 * the process that wanted it; the next run removes those whose process is gone.
 */
final class Leftovers {

  private static final String LABEL = "dev.allsquare.e2e";

  private Leftovers() {}

  /** The label for whatever this process starts. */
  static Map<String, String> ours() {
    return Map.of(LABEL, identity(ProcessHandle.current()));
  }

  static void remove() {
    var docker = DockerClientFactory.lazyClient();
    containers(docker);
    networks(docker);
  }

  private static void containers(DockerClient docker) {
    docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(LABEL)).exec().stream()
        .filter(each -> isOrphan(each.getLabels()))
        .forEach(
            each ->
                docker
                    .removeContainerCmd(each.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec());
  }

  private static void networks(DockerClient docker) {
    docker.listNetworksCmd().withFilter("label", List.of(LABEL)).exec().stream()
        .filter(each -> isOrphan(each.getLabels()))
        .forEach(each -> docker.removeNetworkCmd(each.getId()).exec());
  }

  private static boolean isOrphan(Map<String, String> labels) {
    var owner = labels.getOrDefault(LABEL, "");
    return ProcessHandle.allProcesses().noneMatch(process -> identity(process).equals(owner));
  }

  /** A number alone comes round again. */
  private static String identity(ProcessHandle process) {
    return process.pid() + "@" + process.info().startInstant().map(Object::toString).orElse("");
  }
}
