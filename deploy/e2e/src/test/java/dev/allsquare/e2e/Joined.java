package dev.allsquare.e2e;

import java.util.LinkedHashMap;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

/** A container that is in further networks before its program starts. */
final class Joined extends GenericContainer<Joined> {

  private final Map<Network, String> networks = new LinkedHashMap<>();

  Joined(String image) {
    super(image);
  }

  Joined join(Network network) {
    return join(network, "");
  }

  Joined join(Network network, String name) {
    networks.put(network, name);
    return this;
  }

  @Override
  protected void containerIsCreated(String containerId) {
    networks.forEach((network, name) -> Engine.connect(containerId, network, name));
  }
}
