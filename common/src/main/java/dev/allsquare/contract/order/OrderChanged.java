package dev.allsquare.contract.order;

import dev.allsquare.contract.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order reached another status.
 *
 * @param reason why it ended without being confirmed, absent otherwise
 * @param version ascends by one with each change of the order
 */
public record OrderChanged(
    UUID orderId,
    String customerId,
    String status,
    @Nullable String reason,
    Money total,
    long version) {

  public static final String TYPE = "order.changed.v1";
}
