package dev.allsquare.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the REST interfaces.
 *
 * @param keyRetention how long an idempotency key is remembered
 * @param keyWait how long a request waits for another one with its key
 * @param purgeEvery how often forgotten keys are deleted
 * @param concurrentRequests how many requests are served at once; the others are told to come back
 */
@ConfigurationProperties("allsquare.web")
public record WebProperties(
    @DefaultValue("7d") Duration keyRetention,
    @DefaultValue("1s") Duration keyWait,
    @DefaultValue("1h") Duration purgeEvery,
    @DefaultValue("500") int concurrentRequests) {}
