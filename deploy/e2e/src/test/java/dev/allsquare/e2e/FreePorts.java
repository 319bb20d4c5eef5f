package dev.allsquare.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/**
 * Ports nobody has. The engine would find some itself, but others with every start, and a client
 * has to find a container again that was killed.
 */
final class FreePorts {

  private FreePorts() {}

  /** As a port binding: some port of ours to that one of the container. */
  static String binding(int containerPort) {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort() + ":" + containerPort;
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free", e);
    }
  }
}
