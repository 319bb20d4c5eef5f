package dev.allsquare.e2e;

/** The three services, by the names their processes have. */
enum Service {
  ORDER("order-service", 8080, "orders"),
  PAYMENT("payment-service", 8081, "payments"),
  INVENTORY("inventory-service", 8082, "inventory");

  private final String title;
  private final int port;
  private final String database;

  Service(String title, int port, String database) {
    this.title = title;
    this.port = port;
    this.database = database;
  }

  /** Where it takes requests, unless it is told otherwise. */
  int port() {
    return port;
  }

  int managementPort() {
    return port + 1000;
  }

  /** What its database and the role that owns it are called. */
  String database() {
    return database;
  }

  @Override
  public String toString() {
    return title;
  }
}
