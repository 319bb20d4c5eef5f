package dev.allsquare.e2e;

import org.testcontainers.containers.Network;

/**
 * A service reaches its database and Kafka over a network each, so that it can be cut off from
 * either and still be asked how it is. Only the first leads out of the engine.
 */
record Networks(Network front, Network databases, Network kafka) implements AutoCloseable {

  static Networks create() {
    return new Networks(network(false), network(true), network(true));
  }

  private static Network network(boolean internal) {
    return Network.builder()
        .createNetworkCmdModifier(
            command -> command.withInternal(internal).withLabels(Leftovers.ours()))
        .build();
  }

  Network of(Peer peer) {
    return switch (peer) {
      case DATABASE -> databases;
      case KAFKA -> kafka;
    };
  }

  @Override
  public void close() {
    front.close();
    databases.close();
    kafka.close();
  }
}
