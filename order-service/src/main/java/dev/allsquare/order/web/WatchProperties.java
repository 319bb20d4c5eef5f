package dev.allsquare.order.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How orders are watched for their clients.
 *
 * @param pollInterval how often watched orders are looked up, for changes made by other replicas
 * @param heartbeat how often a silent event stream is written to, so that a client who left is
 *     noticed
 */
@ConfigurationProperties("allsquare.watch")
record WatchProperties(
    @DefaultValue("200ms") Duration pollInterval, @DefaultValue("15s") Duration heartbeat) {}
