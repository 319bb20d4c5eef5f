package dev.allsquare.e2e;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** So many orders under way at any time, until enough were placed: what the system can bear. */
record ClosedLoop(Shoppers shoppers, int inFlight) {

  Figures run(int orders) throws InterruptedException {
    var figures = new Figures();
    var left = new AtomicInteger(orders);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < inFlight; i++) {
        threads.execute(() -> shop(left, figures));
      }
      threads.shutdown();
      if (!threads.awaitTermination(1, TimeUnit.HOURS)) {
        throw new IllegalStateException("an hour was not enough for " + orders + " orders");
      }
    }
    return figures;
  }

  private void shop(AtomicInteger left, Figures figures) {
    while (left.decrementAndGet() >= 0) {
      long begun = System.nanoTime();
      figures.took(shoppers.buy(), System.nanoTime() - begun);
    }
  }
}
