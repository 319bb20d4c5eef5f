package dev.allsquare.contract.inventory;

import java.util.List;
import java.util.UUID;

/** An order's reservation reached another state: HELD, COMMITTED, RELEASED or RESTOCKED. */
public record ReservationChanged(UUID orderId, String state, List<Line> lines, long version) {

  public static final String TYPE = "inventory.reservation-changed.v1";
}
