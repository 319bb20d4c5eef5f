package dev.allsquare.order.domain;

import dev.allsquare.contract.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order reached another status: what its history remembers and its event tells. */
public record OrderChange(
    UUID orderId,
    String customerId,
    OrderStatus status,
    @Nullable Reason reason,
    Money total,
    long version,
    Instant at,
    @Nullable String traceparent) {}
