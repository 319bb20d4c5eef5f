package dev.allsquare.order.reconciling;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the payments are looked up that orders are held against.
 *
 * @param url where payment-service answers
 * @param connectTimeout how long it may take to accept the connection
 * @param readTimeout how long it may take to answer
 */
@ConfigurationProperties("allsquare.payment")
record PaymentProperties(
    @DefaultValue("http://localhost:8081") String url,
    @DefaultValue("1s") Duration connectTimeout,
    @DefaultValue("5s") Duration readTimeout) {}
