package dev.allsquare.operator;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sends to repair a saga.
 *
 * @param version of the saga, as it was shown
 * @param data what the saga's data becomes; absent when it stays
 */
record SagaRepairRequest(
    @NotBlank @Size(max = 100) String actor,
    @NotBlank @Size(max = 1000) String reason,
    @NotNull Integer version,
    @Nullable Map<String, @Nullable Object> data)
    implements Signature {}
