package dev.allsquare.operator;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A repair of many at once.
 *
 * @param filter what was asked for, JSON
 * @param refused how many were tried in vain; each says why
 * @param endedAt absent while there are some to try
 */
record BulkJob(
    UUID id,
    String action,
    @JsonRawValue String filter,
    String actor,
    String reason,
    int ratePerSecond,
    int items,
    int done,
    int refused,
    Instant createdAt,
    @Nullable Instant endedAt)
    implements Signature {}
