package dev.allsquare.order.cancelling;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How confirmed orders are cancelled.
 *
 * @param stepTimeout how long a participant has for one step, from when its command left the
 *     outbox, until the saga is parked
 */
@ConfigurationProperties("allsquare.cancelling")
record CancellingProperties(@DefaultValue("60s") Duration stepTimeout) {}
