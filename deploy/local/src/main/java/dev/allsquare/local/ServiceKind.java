package dev.allsquare.local;

import java.util.Arrays;

/** The three services: what they are called, where they listen, which database is theirs. */
enum ServiceKind {
  ORDER("order-service", 8080, "orders"),
  PAYMENT("payment-service", 8081, "payments"),
  INVENTORY("inventory-service", 8082, "inventory");

  private static final int MANAGEMENT = 1000;
  private static final int PER_REPLICA = 10;

  private final String serviceName;
  private final int port;
  private final String database;

  ServiceKind(String serviceName, int port, String database) {
    this.serviceName = serviceName;
    this.port = port;
    this.database = database;
  }

  static ServiceKind named(String serviceName) {
    return Arrays.stream(values())
        .filter(kind -> kind.serviceName.equals(serviceName))
        .findFirst()
        .orElseThrow(
            () ->
                new TopologyException(
                    "There is no service " + serviceName + "; there are " + names() + "."));
  }

  String serviceName() {
    return serviceName;
  }

  /** The database and the role that owns it are called the same. */
  String database() {
    return database;
  }

  /** The first replica has the plain name. */
  String replicaName(int replica) {
    return replica == 1 ? serviceName : serviceName + "-" + replica;
  }

  int port(int replica) {
    return port + PER_REPLICA * (replica - 1);
  }

  int managementPort(int replica) {
    return port(replica) + MANAGEMENT;
  }

  private static String names() {
    return String.join(", ", Arrays.stream(values()).map(ServiceKind::serviceName).toList());
  }
}
