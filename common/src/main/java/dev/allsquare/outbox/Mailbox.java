package dev.allsquare.outbox;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How other threads reach the relay's own: commits wake it, acknowledgements report to it. All of
 * the relay's state therefore belongs to one thread and needs no lock.
 */
final class Mailbox {

  sealed interface Event {}

  /** Something was committed to the outbox. */
  record Woken() implements Event {}

  /** The record at the head of this lane was acknowledged, or failed. */
  record Completed(Lane lane, @Nullable Throwable failure) implements Event {}

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();

  /** However many commits there are between two looks of the relay, one event tells of them. */
  void wake() {
    if (woken.compareAndSet(false, true)) {
      events.add(new Woken());
    }
  }

  void completed(Lane lane, @Nullable Throwable failure) {
    events.add(new Completed(lane, failure));
  }

  /** The next event, or null when none comes in time. */
  @Nullable Event poll(Duration atMost) throws InterruptedException {
    var event =
        atMost.isPositive() ? events.poll(atMost.toNanos(), TimeUnit.NANOSECONDS) : events.poll();
    if (event instanceof Woken) {
      woken.set(false);
    }
    return event;
  }
}
