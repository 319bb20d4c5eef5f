package dev.allsquare.order.web;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** An order that at least one client waits for, and the newest version we heard of. */
final class Watched {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int watchers = 1;
  private long newest;

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

  void reached(long version) {
    lock.lock();
    try {
      newest = Math.max(newest, version);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void wakeAll() {
    reached(0);
  }

  boolean await(long version, Duration patience, BooleanSupplier goesOn) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (newest <= version && left > 0 && goesOn.getAsBoolean()) {
        left = changed.awaitNanos(left);
      }
      return newest > version;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
