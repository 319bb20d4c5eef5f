package dev.allsquare.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who listens where: a port per name, such as {@code order-service} or {@code kafka-controller}.
 */
record Ports(SortedMap<String, Integer> byName) {

  static final String HOST = "127.0.0.1";
  static final String CONTROLLER = "kafka-controller";

  private static final int PER_BROKER = 10;
  private static final int CONNECT_MILLIS = 200;

  /**
   * Random ports come from below every system's range for outgoing connections: there, somebody's
   * outgoing connection could sit on the port of a part that is being restarted.
   */
  private static final int RANDOM_FROM = 16_000;

  private static final int RANDOM_TO = 32_000;

  static Ports fixed(int replicas, int offset) {
    return fixed(replicas, 1, offset);
  }

  static Ports fixed(int replicas, int brokers, int offset) {
    var ports = new TreeMap<String, Integer>();
    ports.put(PostgresServer.NAME, 15_432 + offset);
    for (int broker = 1; broker <= brokers; broker++) {
      ports.put(KafkaBroker.name(broker), 19_092 + offset + PER_BROKER * (broker - 1));
      ports.put(controller(broker), 19_093 + offset + PER_BROKER * (broker - 1));
    }
    for (var kind : ServiceKind.values()) {
      for (int replica = 1; replica <= replicas; replica++) {
        ports.put(kind.replicaName(replica), kind.port(replica) + offset);
        ports.put(management(kind.replicaName(replica)), kind.managementPort(replica) + offset);
      }
    }
    return new Ports(ports);
  }

  /** The same names on ports that are free right now. */
  static Ports random(int replicas) {
    return random(replicas, 1);
  }

  static Ports random(int replicas, int brokers) {
    var ports = new TreeMap<String, Integer>();
    for (String name : fixed(replicas, brokers, 0).byName.keySet()) {
      int port;
      do {
        port = ThreadLocalRandom.current().nextInt(RANDOM_FROM, RANDOM_TO);
      } while (ports.containsValue(port) || isTaken(port));
      ports.put(name, port);
    }
    return new Ports(ports);
  }

  /** One more, on a port of its own. */
  Ports and(String name, int port) {
    var more = new TreeMap<>(byName);
    more.put(name, port);
    return new Ports(more);
  }

  /** The first has the plain name. */
  static String controller(int broker) {
    return broker == 1 ? CONTROLLER : CONTROLLER + "-" + broker;
  }

  static String management(String serviceReplica) {
    return serviceReplica + ".management";
  }

  int of(String name) {
    Integer port = byName.get(name);
    if (port == null) {
      throw new TopologyException("Nothing here is called " + name + ".");
    }
    return port;
  }

  Ports only(Collection<String> names) {
    var some = new TreeMap<>(byName);
    some.keySet().retainAll(names);
    return new Ports(some);
  }

  /** The ports that somebody else listens on, by name. */
  Map<String, Integer> taken() {
    var taken = new TreeMap<String, Integer>();
    byName.forEach(
        (name, port) -> {
          if (isTaken(port)) {
            taken.put(name, port);
          }
        });
    return taken;
  }

  /** Some systems let us bind beside a listener on all addresses, hence the attempt to connect. */
  static boolean isTaken(int port) {
    return answers(HOST, port) || answers("::1", port) || !canBind(port);
  }

  private static boolean canBind(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static boolean answers(String host, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(host), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
