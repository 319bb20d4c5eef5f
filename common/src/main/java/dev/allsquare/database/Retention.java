package dev.allsquare.database;

import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * Deletes what nobody needs any more, from time to time, in batches that are short transactions of
 * their own. A bean of this type runs by itself.
 */
public final class Retention implements SchedulingConfigurer {

  private static final int BATCH = 500;

  private final Duration interval;
  private final IntUnaryOperator purge;

  /** Deletes at most as many as it is told, and says how many those were. */
  public Retention(Duration interval, IntUnaryOperator purge) {
    this.interval = interval;
    this.purge = purge;
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    registrar.addFixedDelayTask(new FixedDelayTask(this::purge, interval, interval));
  }

  /** Deletes batch by batch, until one is not full. */
  public void purge() {
    while (purge.applyAsInt(BATCH) == BATCH) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
