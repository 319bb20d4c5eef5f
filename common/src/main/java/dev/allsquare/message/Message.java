package dev.allsquare.message;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message as it stands in an outbox and travels the log: the attributes of <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>
 * and ours.
 *
 * @param id a {@linkplain Uuid7 version 7 UUID}: the time inside it says which partition of the
 *     inbox remembers it
 * @param topic where it goes
 * @param key messages with one key keep their order
 * @param type the logical name of the payload's shape, such as {@code payment.authorize.v1}; never
 *     a class name
 * @param source the service that wrote it
 * @param subject what it is about, usually an order id or a SKU
 * @param time when it was written
 * @param payload JSON
 * @param saga present on commands and replies
 * @param causationId the message this one answers or follows from
 * @param traceparent W3C trace context of the work that wrote it
 */
public record Message(
    UUID id,
    String topic,
    String key,
    String type,
    String source,
    @Nullable String subject,
    Instant time,
    String payload,
    @Nullable SagaContext saga,
    @Nullable UUID causationId,
    @Nullable String traceparent) {}
