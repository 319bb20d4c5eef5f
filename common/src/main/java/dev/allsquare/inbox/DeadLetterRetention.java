package dev.allsquare.inbox;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Discards old dead letters where somebody has set an age; else each stays until an operator has
 * dealt with it. Those of a parked key stay in any case: without them the key's later messages
 * would pass.
 */
final class DeadLetterRetention {

  private static final int BATCH = 500;

  private static final String DISCARD =
      """
      delete from dead_letter where seq = any (array(
        select seq from dead_letter old
        where at < now() - make_interval(secs => :age)
          and not exists (
            select from dead_letter p where p.parks and p.topic = old.topic and p.key = old.key)
        order by seq limit :limit for update skip locked))
      """;

  private final JdbcClient jdbc;
  private final Duration retention;

  DeadLetterRetention(JdbcClient jdbc, Duration retention) {
    this.jdbc = jdbc;
    this.retention = retention;
  }

  @Scheduled(
      initialDelayString = "${allsquare.inbox.maintenance-interval:1h}",
      fixedDelayString = "${allsquare.inbox.maintenance-interval:1h}")
  void discard() {
    while (discard(BATCH) == BATCH) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /** Discards at most so many, and says how many those were. */
  int discard(int atMost) {
    return jdbc.sql(DISCARD).param("age", retention.toSeconds()).param("limit", atMost).update();
  }
}
