package dev.allsquare.saga;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which sagas are meant; what is absent is whatever it may be.
 *
 * @param key the business key, such as an order id
 * @param olderThan only sagas that started at least so long ago
 * @param step only sagas that wait for this step
 * @param reason a part of what turned them round or parked them
 */
public record SagaFilter(
    @Nullable String type,
    @Nullable String key,
    @Nullable Duration olderThan,
    @Nullable String step,
    @Nullable String reason) {}
