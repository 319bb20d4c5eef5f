package dev.allsquare.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private final AtomicInteger old = new AtomicInteger(1_200);
  private final AtomicInteger batches = new AtomicInteger();
  private final Retention retention = new Retention(Duration.ofHours(1), this::purge);

  @Test
  void batchFollowsBatchUntilOneIsNotFull() {
    retention.purge();

    assertThat(old).hasValue(0);
    assertThat(batches).hasValue(3);
  }

  @Test
  void whoIsToldToStopStopsAfterABatch() {
    Thread.currentThread().interrupt();

    retention.purge();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(batches).hasValue(1);
  }

  private int purge(int atMost) {
    batches.incrementAndGet();
    return Math.min(atMost, old.getAndUpdate(it -> Math.max(0, it - atMost)));
  }
}
