package dev.allsquare.saga;

import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.message.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What sagas do, in numbers. Replies and ends are counted after their commit: never what was rolled
 * back, but too few when a process dies in between. {@code saga.active} and {@code saga.parked} are
 * of the whole table, as each replica saw it at its last heartbeat: take their maximum, not their
 * sum.
 */
final class SagaMetrics {

  private final MeterRegistry registry;
  private final Clock clock;
  private final AtomicLong active = new AtomicLong();
  private final AtomicLong parked = new AtomicLong();

  SagaMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    Gauge.builder("saga.active", active, AtomicLong::get)
        .description("Sagas that run or compensate")
        .register(registry);
    Gauge.builder("saga.parked", parked, AtomicLong::get)
        .description("Sagas that only a late reply or an operator can move")
        .register(registry);
  }

  void live(SagaTable.Live live) {
    active.set(live.active());
    parked.set(live.parked());
  }

  void replied(SagaContext saga, Event.Replied reply, Outcome outcome) {
    afterCommit(
        () -> {
          registry.counter("saga.replies", "outcome", word(outcome)).increment();
          if (outcome == Outcome.APPLIED && reply.verdict() != Verdict.FAILED) {
            registry
                .timer(
                    "saga.step.duration",
                    List.of(
                        Tag.of("type", saga.sagaType()),
                        Tag.of("step", saga.step()),
                        Tag.of("direction", word(saga.direction()))))
                .record(Duration.between(Uuid7.timeOf(reply.commandId()), clock.instant()));
          }
        });
  }

  void ended(List<Row> rows) {
    afterCommit(
        () ->
            rows.forEach(
                row ->
                    registry
                        .counter(
                            "saga.ended",
                            "type",
                            row.type(),
                            "outcome",
                            word(row.instance().phase()))
                        .increment()));
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  private static void afterCommit(Runnable count) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            count.run();
          }
        });
  }
}
