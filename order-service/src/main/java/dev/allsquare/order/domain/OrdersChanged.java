package dev.allsquare.order.domain;

import java.util.List;

/**
 * Told to the rest of the service in the transaction that changes the orders, once for all of them.
 *
 * @param orders the changed orders; after the commit they are as they were committed, and nobody
 *     changes them any more
 */
public record OrdersChanged(List<OrderChange> changes, List<Order> orders) {}
