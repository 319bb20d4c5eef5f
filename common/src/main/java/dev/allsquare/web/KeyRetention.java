package dev.allsquare.web;

import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;

/** Forgets idempotency keys after their seven days, in batches, each its own short transaction. */
final class KeyRetention {

  private static final int BATCH = 1_000;

  private final IdempotencyKeys keys;
  private final Duration retention;

  KeyRetention(IdempotencyKeys keys, Duration retention) {
    this.keys = keys;
    this.retention = retention;
  }

  @Scheduled(
      initialDelayString = "${allsquare.web.purge-every:PT1H}",
      fixedDelayString = "${allsquare.web.purge-every:PT1H}")
  void purge() {
    int purged;
    do {
      purged = keys.purge(retention, BATCH);
    } while (purged == BATCH);
  }
}
