package dev.allsquare.contract.inventory;

import java.util.UUID;

/** The order is paid: the held pieces leave the shelf. */
public record CommitReservation(UUID orderId) {

  public static final String TYPE = "inventory.commit-reservation.v1";
}
