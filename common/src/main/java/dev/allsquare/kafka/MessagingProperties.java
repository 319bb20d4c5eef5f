package dev.allsquare.kafka;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of topics and listeners. The connection and everything a client can be told stands under
 * {@code spring.kafka}.
 *
 * @param listen whether this process handles messages at all
 * @param topics topics to create beside those declared as beans
 * @param compactedTopics compacted topics to create beside those declared as beans
 * @param partitions of every topic; fixed, since a key must never change its partition
 * @param replication how many brokers keep each record
 * @param retention how long a topic keeps its records; the inbox must remember for longer
 * @param concurrency consumers per handler and process; one handles the largest batches
 * @param maxBatch how many records one transaction handles at most
 * @param firstRetry how long a listener waits after its first failure; doubled with each further
 *     one
 * @param longestRetry how long a listener waits at most
 * @param stopTimeout how long a stopping listener may take to finish its batch
 */
@ConfigurationProperties("allsquare.kafka")
public record MessagingProperties(
    @DefaultValue("true") boolean listen,
    @DefaultValue List<String> topics,
    @DefaultValue List<String> compactedTopics,
    @DefaultValue("12") int partitions,
    @DefaultValue("1") short replication,
    @DefaultValue("7d") Duration retention,
    @DefaultValue("1") int concurrency,
    @DefaultValue("500") int maxBatch,
    @DefaultValue("100ms") Duration firstRetry,
    @DefaultValue("5s") Duration longestRetry,
    @DefaultValue("15s") Duration stopTimeout) {}
