package dev.allsquare.console;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom the console looks after beside the service that it is part of.
 *
 * @param services the management ports of the others, by name, such as {@code
 *     http://localhost:9081}
 * @param connectTimeout how long one of them may take to accept the connection
 * @param readTimeout how long one of them may take to answer
 */
@ConfigurationProperties("allsquare.console")
public record ConsoleProperties(
    @DefaultValue Map<String, URI> services,
    @DefaultValue("500ms") Duration connectTimeout,
    @DefaultValue("5s") Duration readTimeout) {}
