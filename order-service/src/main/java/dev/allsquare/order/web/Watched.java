package dev.allsquare.order.web;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An order that at least one client waits for, as it was when we last heard of it. */
final class Watched {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int watchers = 1;
  private @Nullable OrderView newest;

  Watched more() {
    lock.lock();
    try {
      watchers++;
      return this;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody is left. */
  boolean less() {
    lock.lock();
    try {
      watchers--;
      return watchers == 0;
    } finally {
      lock.unlock();
    }
  }

  void reached(OrderView order) {
    lock.lock();
    try {
      if (isOlderThan(order.version())) {
        newest = order;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isOlderThan(long version) {
    lock.lock();
    try {
      return newest == null || newest.version() < version;
    } finally {
      lock.unlock();
    }
  }

  void wakeAll() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The order when it is newer than this version; {@code null} when none came in time. */
  @Nullable OrderView await(long version, Duration patience, BooleanSupplier goesOn) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (isOlderThan(version + 1) && left > 0 && goesOn.getAsBoolean()) {
        left = changed.awaitNanos(left);
      }
      return isOlderThan(version + 1) ? null : newest;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }
}
