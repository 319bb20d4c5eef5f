package dev.allsquare.operator;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Works on jobs as long as the management port is open. */
final class BulkLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(BulkLoop.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Supplier<Duration> step;
  private @Nullable Thread thread;

  /**
   * A loop that does this, again and again.
   *
   * @param step says how long to rest
   */
  BulkLoop(Supplier<Duration> step) {
    this.step = step;
  }

  @Override
  public synchronized void start() {
    thread = Thread.ofVirtual().name("bulk-repairs").start(this::run);
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(stepOrRest());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration stepOrRest() {
    try {
      return step.get();
    } catch (RuntimeException e) {
      LOG.warn("A bulk repair will be tried again: {}", e.toString());
      return AFTER_FAILURE;
    }
  }

  @Override
  public synchronized void stop() {
    var stopping = thread;
    thread = null;
    if (stopping == null) {
      return;
    }
    stopping.interrupt();
    try {
      stopping.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
