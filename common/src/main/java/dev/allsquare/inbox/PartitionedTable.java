package dev.allsquare.inbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A table that is partitioned by ids. Declare one as a bean, and its partitions are made before
 * they are needed, beside the inbox's own; its migration makes the first, which holds everything
 * older.
 *
 * @param name it is partitioned by range of its id, a version 7 UUID
 * @param days how many days one partition spans, counted from the epoch
 * @param retention how long rows are kept; {@code null} drops no partition, ever
 */
public record PartitionedTable(String name, int days, @Nullable Duration retention) {}
