package dev.allsquare.e2e;

import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/**
 * Orders at a steady rate. What one takes is counted from when it was due, so that a stall is told
 * by everyone who would have met it.
 */
final class OpenLoop {

  private OpenLoop() {}

  static Figures run(Shoppers shoppers, int rate, int seconds) {
    var figures = new Figures();
    var underWay = new Phaser(1);
    try (var shopping = Executors.newVirtualThreadPerTaskExecutor();
        var timetable = Executors.newSingleThreadScheduledExecutor()) {
      long begin = System.nanoTime();
      for (int i = 0; i < rate * seconds; i++) {
        long due = begin + i * TimeUnit.SECONDS.toNanos(1) / rate;
        underWay.register();
        Runnable order =
            () -> {
              figures.took(shoppers.buy(), System.nanoTime() - due);
              underWay.arriveAndDeregister();
            };
        var _ =
            timetable.schedule(
                () -> shopping.execute(order), due - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      underWay.arriveAndAwaitAdvance();
    }
    return figures;
  }
}
