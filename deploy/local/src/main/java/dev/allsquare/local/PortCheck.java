package dev.allsquare.local;

import java.util.stream.Collectors;

/** Refuses to start on ports that somebody else has, and says who. */
final class PortCheck {

  private PortCheck() {}

  static void of(Ports ports) {
    var taken = ports.taken();
    if (!taken.isEmpty()) {
      throw new TopologyException(
          taken.entrySet().stream()
                  .map(entry -> sentence(entry.getKey(), entry.getValue()))
                  .collect(Collectors.joining(System.lineSeparator()))
              + System.lineSeparator()
              + "Stop what listens there, or move all ports: deploy/local/up --offset 1000");
    }
  }

  private static String sentence(String name, int port) {
    String owner = PortOwner.of(port).map(text -> " by " + text).orElse("");
    return "Port %d, which %s needs, is taken%s.".formatted(port, name, owner);
  }
}
