package dev.allsquare.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the partitions of inbox and barrier, and of whatever else the service has partitioned: once
 * before anything is consumed, then at intervals.
 *
 * <p>While it fails, partitions made in advance are used up; after that, batches wait and nothing
 * is lost. Ids are refused by the clock that is asked here, so a partition is always there for an
 * id that is not refused.
 */
final class PartitionKeeper implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PartitionKeeper.class);

  /** Room for clocks that differ, on both sides. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private final Partitions partitions;
  private final List<PartitionedTable> tables;
  private final InboxProperties properties;
  private final Clock clock;
  private @Nullable ScheduledExecutorService scheduler;

  PartitionKeeper(
      Partitions partitions,
      List<PartitionedTable> others,
      InboxProperties properties,
      Clock clock) {
    this.partitions = partitions;
    this.tables =
        Stream.concat(
                Stream.of(
                    new PartitionedTable("inbox", 1, properties.retention()),
                    new PartitionedTable("barrier", 7, properties.barrierRetention())),
                others.stream())
            .toList();
    this.properties = properties;
    this.clock = clock;
  }

  /** A clock that runs ahead must not drop anything: the database's has to agree. */
  void keep() {
    Instant now = clock.instant();
    Instant databaseTime = partitions.databaseTime();
    Instant agreed = now.isBefore(databaseTime) ? now : databaseTime;
    Instant until = now.plus(properties.partitionsAhead()).plus(MARGIN);
    partitions.keep(tables.stream().map(table -> plan(table, agreed, until)).toList());
  }

  private static Partitions.Plan plan(PartitionedTable table, Instant now, Instant until) {
    var retention = table.retention();
    boolean forever = retention == null;
    Instant from = now.minus(forever ? Duration.ZERO : retention).minus(MARGIN);
    return new Partitions.Plan(table.name(), table.days(), from, until, forever);
  }

  private void keepAgain() {
    try {
      keep();
    } catch (RuntimeException | Error e) {
      log.warn(
          "Partitions of the inbox were not maintained; the next try is in {}",
          properties.maintenanceInterval(),
          e);
    }
  }

  @Override
  public synchronized void start() {
    keep();
    scheduler = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    long interval = properties.maintenanceInterval().toMillis();
    var _ =
        scheduler.scheduleWithFixedDelay(
            this::keepAgain, interval, interval, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void stop() {
    if (scheduler != null) {
      scheduler.shutdownNow();
      scheduler = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return scheduler != null;
  }

  /** Before everything that consumes. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }
}
