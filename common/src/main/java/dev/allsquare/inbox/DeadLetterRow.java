package dev.allsquare.inbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it is written.
 *
 * @param headers JSON
 */
@SuppressWarnings("ArrayRecordComponent") // written once, compared never
record DeadLetterRow(
    UUID id,
    String topic,
    @Nullable Integer partition,
    @Nullable Long offset,
    byte @Nullable [] key,
    String headers,
    byte @Nullable [] payload,
    Cause cause,
    String why,
    Instant at) {}
