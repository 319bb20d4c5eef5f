package dev.allsquare.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * What became a dead letter here, and what waits for an operator. The latter is of the whole table,
 * as each replica saw it when it last counted: take the maximum, not the sum.
 */
final class DeadLetterMetrics implements SchedulingConfigurer {

  /** An operator who has so many does not need to know how many more. */
  static final int ENOUGH = 10_000;

  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final Logger log = LoggerFactory.getLogger(DeadLetterMetrics.class);

  private final MeterRegistry meters;
  private final DeadLetterRows rows;
  private final AtomicInteger open = new AtomicInteger();

  DeadLetterMetrics(MeterRegistry meters, DeadLetterRows rows) {
    this.meters = meters;
    this.rows = rows;
    Gauge.builder("deadletters.open", open, AtomicInteger::get)
        .description("dead letters that are neither redriven nor discarded, at most " + ENOUGH)
        .register(meters);
  }

  /** Counters begin at zero: the first of its kind is an increase, too. */
  void expect(String topic) {
    for (Cause cause : Cause.values()) {
      counter(topic, cause);
    }
  }

  void countAfterCommit(String topic, Cause cause) {
    AfterCommit.run(counter(topic, cause)::increment);
  }

  private Counter counter(String topic, Cause cause) {
    return meters.counter("deadletters", "topic", topic, "cause", cause.name());
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    registrar.addFixedDelayTask(new FixedDelayTask(this::look, EVERY, Duration.ofSeconds(1)));
  }

  /** A database that is away is told by others. */
  void look() {
    try {
      open.set(rows.count(ENOUGH));
    } catch (DataAccessException e) {
      log.debug("dead letters could not be counted", e);
    }
  }
}
