package dev.allsquare.e2e;

/** The three services, by the names their processes have. */
enum Service {
  ORDER("order-service"),
  PAYMENT("payment-service"),
  INVENTORY("inventory-service");

  private final String title;

  Service(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
