package dev.allsquare.e2e;

import java.util.function.LongSupplier;

/**
 * What a fault has done.
 *
 * @param remedy ends the fault; from then on the system has to recover
 * @param recovery brings back what does not come by itself, such as a killed process, and waits
 *     until it is ready
 * @param extent how many connections, records or processes were hit; a fault that hit nothing is
 *     none
 */
record Damage(Runnable remedy, Runnable recovery, LongSupplier extent) {

  /** Lasts until somebody starts it again. */
  static Damage untilStarted(Runnable start, long extent) {
    return new Damage(Damage::nothing, start, () -> extent);
  }

  static Damage until(Runnable remedy, LongSupplier extent) {
    return new Damage(remedy, Damage::nothing, extent);
  }

  /** Over as soon as it was done. */
  static Damage once(long extent) {
    return new Damage(Damage::nothing, Damage::nothing, () -> extent);
  }

  private static void nothing() {}
}
