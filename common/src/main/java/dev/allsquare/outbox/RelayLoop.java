package dev.allsquare.outbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The relay's thread: turn after turn, whatever happens to the database or the log. */
final class RelayLoop implements SmartLifecycle {

  /** Stops after the listeners and the web server, so that what they still commit goes out. */
  private static final int PHASE = DEFAULT_PHASE - 4096;

  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private final Relay relay;
  private final Mailbox mailbox;
  private volatile CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean killed;
  private @Nullable Thread thread;

  RelayLoop(Relay relay, Mailbox mailbox) {
    this.relay = relay;
    this.mailbox = mailbox;
  }

  @Override
  public void start() {
    stopping = new CountDownLatch(1);
    thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
  }

  @Override
  public void stop() {
    stopping.countDown();
    mailbox.wake();
    if (thread != null) {
      join(thread);
      thread = null;
    }
  }

  /** Ends like a killed process: nothing is finished, no lease given back. */
  void kill() {
    killed = true;
    stopping.countDown();
    if (thread != null) {
      thread.interrupt();
    }
    stop();
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  private void run() {
    try {
      relay.begin();
      boolean failing = false;
      while (stopping.getCount() > 0) {
        failing = turn(failing);
      }
      if (!killed) {
        relay.finish();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("the relay stopped without giving its shards back; its leases end by themselves", e);
    }
  }

  /** Does a turn and says whether it failed. A lasting failure is told once. */
  private boolean turn(boolean failing) throws InterruptedException {
    try {
      relay.turn();
      return false;
    } catch (RuntimeException | Error e) {
      if (!failing) {
        log.warn("the relay could not work and tries again until it can", e);
      }
      stopping.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
