package dev.allsquare.saga;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs what the sagas need from time to time. It starts before the listeners and the web server, so
 * that versions are agreed on before the first saga starts.
 */
final class Pulse implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

  private final Sweep sweep;
  private final Replicas replicas;
  private final Runnable count;
  private final SagaProperties settings;
  private @Nullable ScheduledExecutorService executor;

  Pulse(Sweep sweep, Replicas replicas, Runnable count, SagaProperties settings) {
    this.sweep = sweep;
    this.replicas = replicas;
    this.count = count;
    this.settings = settings;
  }

  @Override
  public synchronized void start() {
    replicas.beat();
    var started =
        Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("sagas-", 0).daemon().factory());
    every(started, settings.sweepInterval(), sweep::sweep);
    every(started, settings.heartbeat(), replicas::beat);
    every(started, settings.heartbeat(), count);
    executor = started;
  }

  @Override
  public synchronized void stop() {
    var stopping = executor;
    executor = null;
    if (stopping == null) {
      return;
    }
    stopping.shutdownNow();
    try {
      if (!stopping.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("The sweep did not stop within 10 seconds");
      }
      replicas.leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.info("Left without a word to the other replicas; they will notice", e);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return executor != null;
  }

  @Override
  public int getPhase() {
    return 0;
  }

  private static void every(ScheduledExecutorService executor, Duration interval, Runnable task) {
    var _ =
        executor.scheduleWithFixedDelay(
            () -> quietly(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An exception would end the schedule; the next round tries again. */
  private static void quietly(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("Failed, and will be tried again", e);
    }
  }
}
