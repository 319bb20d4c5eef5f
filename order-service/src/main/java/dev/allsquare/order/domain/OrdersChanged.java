package dev.allsquare.order.domain;

import java.util.List;

/**
 * Told to the rest of the service in the transaction that changes the orders, once for all of them.
 */
public record OrdersChanged(List<OrderChange> changes) {}
