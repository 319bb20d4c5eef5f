package dev.allsquare.contract.order;

/** order-service's topics. */
public final class Orders {

  /** Where participants answer the commands of order-service's sagas. */
  public static final String REPLIES = "order.replies";

  public static final String EVENTS = "order.events";

  private Orders() {}
}
