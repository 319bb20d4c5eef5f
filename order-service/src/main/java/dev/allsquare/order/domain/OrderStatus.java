package dev.allsquare.order.domain;

/** Where an order stands. */
public enum OrderStatus {
  PENDING,
  CONFIRMED,
  REJECTED,
  CANCELLING,
  CANCELLED;

  /** Whether no saga is at work on the order. Only a cancellation leaves {@link #CONFIRMED}. */
  public boolean settled() {
    return switch (this) {
      case CONFIRMED, REJECTED, CANCELLED -> true;
      case PENDING, CANCELLING -> false;
    };
  }
}
