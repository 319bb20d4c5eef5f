package dev.allsquare.order.catalog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a product is looked up that has not arrived by event yet, and what is reserved.
 *
 * @param url where inventory-service answers
 * @param connectTimeout how long it may take to accept the connection
 * @param readTimeout how long it may take to answer
 */
@ConfigurationProperties("allsquare.inventory")
public record InventoryProperties(
    @DefaultValue("http://localhost:8082") String url,
    @DefaultValue("1s") Duration connectTimeout,
    @DefaultValue("2s") Duration readTimeout) {}
