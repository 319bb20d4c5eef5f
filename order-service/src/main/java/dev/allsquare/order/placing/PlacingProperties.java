package dev.allsquare.order.placing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How orders are placed.
 *
 * @param stepTimeout how long a participant has for one step, from when its command left the
 *     outbox: before the pivot the order is then given up, after it the saga is parked
 * @param batchLimit how many concurrent orders share one transaction at most
 * @param patience how long an order waits to be placed before its customer is sent away
 */
@ConfigurationProperties("allsquare.placing")
record PlacingProperties(
    @DefaultValue("60s") Duration stepTimeout,
    @DefaultValue("200") int batchLimit,
    @DefaultValue("2s") Duration patience) {}
