package dev.allsquare.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the outbox's relay.
 *
 * @param relay whether this service drains its outbox itself; off where change data capture does
 * @param batchSize how many rows one select reads at most
 * @param pollInterval how long the relay sleeps when nobody in this process wakes it
 * @param patience how long a batch waits for slow acknowledgements before others go past them
 * @param lease how long a relay owns its shards without renewing; a third of it is its heartbeat
 * @param firstRetry how long a key waits after its first failed send; doubled with each further one
 * @param longestRetry how long a key waits at most
 * @param heldKeys how many keys of one topic may wait for an acknowledgement or a retry before the
 *     relay goes past the topic
 * @param stopTimeout how long a stopping relay waits for what is on its way
 */
@ConfigurationProperties("allsquare.outbox")
public record OutboxProperties(
    @DefaultValue("true") boolean relay,
    @DefaultValue("1000") int batchSize,
    @DefaultValue("50ms") Duration pollInterval,
    @DefaultValue("50ms") Duration patience,
    @DefaultValue("5s") Duration lease,
    @DefaultValue("100ms") Duration firstRetry,
    @DefaultValue("5s") Duration longestRetry,
    @DefaultValue("10000") int heldKeys,
    @DefaultValue("10s") Duration stopTimeout) {}
