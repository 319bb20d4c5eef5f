package dev.allsquare.inbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a service remembers which messages it handled.
 *
 * @param retention how long message ids are kept; at least the retention of the topics and the
 *     longest redrive together, because older messages are refused
 * @param barrierRetention how long the outcome of each step is kept; longer than any saga lives
 * @param tolerance how far another service's clock may be ahead of ours
 * @param partitionsAhead for how long partitions are made in advance
 * @param maintenanceInterval how often partitions are made and dropped, and old dead letters
 *     discarded
 * @param deadLetterRetention how old a dead letter becomes before it is discarded; without it, they
 *     are kept until somebody has dealt with them
 */
@ConfigurationProperties("allsquare.inbox")
public record InboxProperties(
    @DefaultValue("14d") Duration retention,
    @DefaultValue("90d") Duration barrierRetention,
    @DefaultValue("10m") Duration tolerance,
    @DefaultValue("3d") Duration partitionsAhead,
    @DefaultValue("1h") Duration maintenanceInterval,
    @Nullable Duration deadLetterRetention) {}
