package dev.allsquare.e2e;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/** What we ask of the container engine beyond what Testcontainers does. */
final class Engine {

  private static final int GRACE_SECONDS = 30;

  private Engine() {}

  static boolean answers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** What the image says of itself, if it is there. */
  static Optional<Map<String, String>> labels(String image) {
    try {
      var config = docker().inspectImageCmd(image).exec().getConfig();
      var labels = config == null ? null : config.getLabels();
      return Optional.of(labels == null ? Map.of() : labels);
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** An empty name is none. */
  static void connect(String container, Network network, String name) {
    docker()
        .connectToNetworkCmd()
        .withContainerId(container)
        .withNetworkId(network.getId())
        .withContainerNetwork(
            new ContainerNetwork().withAliases(name.isEmpty() ? List.of() : List.of(name)))
        .exec();
  }

  static void disconnect(String container, Network network) {
    docker()
        .disconnectFromNetworkCmd()
        .withContainerId(container)
        .withNetworkId(network.getId())
        .exec();
  }

  static void kill(String container) {
    docker().killContainerCmd(container).exec();
    docker().waitContainerCmd(container).start().awaitStatusCode();
  }

  static void stop(String container) {
    docker().stopContainerCmd(container).withTimeout(GRACE_SECONDS).exec();
  }

  static void start(String container) {
    docker().startContainerCmd(container).exec();
  }

  static void pause(String container) {
    docker().pauseContainerCmd(container).exec();
  }

  static void resume(String container) {
    docker().unpauseContainerCmd(container).exec();
  }

  private static DockerClient docker() {
    return DockerClientFactory.lazyClient();
  }
}
