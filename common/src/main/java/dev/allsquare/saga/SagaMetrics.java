package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.message.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What sagas do, in numbers. Replies and ends are counted after their commit: never what was rolled
 * back, but too few when a process dies in between. {@code saga.active} and {@code saga.parked} are
 * of the whole table, as each replica saw it at its last heartbeat: take their maximum, not their
 * sum. Counters begin at zero: the first of its kind is an increase, too.
 */
final class SagaMetrics {

  /** From one round trip on an idle machine to the timeouts: few, because each is a series. */
  private static final Duration[] BUCKETS =
      Stream.of(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private record StepName(String type, String step, Direction direction) {}

  private final MeterRegistry registry;
  private final Clock clock;
  private final AtomicLong active = new AtomicLong();
  private final AtomicLong parked = new AtomicLong();
  private final Map<StepName, Timer> steps = new ConcurrentHashMap<>();

  SagaMetrics(MeterRegistry registry, Clock clock, Definitions definitions) {
    this.registry = registry;
    this.clock = clock;
    Gauge.builder("saga.active", active, AtomicLong::get)
        .description("Sagas that run or compensate")
        .register(registry);
    Gauge.builder("saga.parked", parked, AtomicLong::get)
        .description("Sagas that only a late reply or an operator can move")
        .register(registry);
    Stream.of(Outcome.values()).forEach(this::replies);
    definitions
        .all()
        .forEach(
            saga ->
                Stream.of(Phase.values())
                    .filter(Phase::ended)
                    .forEach(phase -> ended(saga.name(), phase)));
  }

  void live(SagaTable.Live live) {
    active.set(live.active());
    parked.set(live.parked());
  }

  void replied(SagaContext saga, Event.Replied reply, Outcome outcome) {
    afterCommit(
        () -> {
          replies(outcome).increment();
          if (outcome == Outcome.APPLIED && reply.verdict() != Verdict.FAILED) {
            step(saga).record(Duration.between(Uuid7.timeOf(reply.commandId()), clock.instant()));
          }
        });
  }

  void ended(List<Row> rows) {
    afterCommit(() -> rows.forEach(row -> ended(row.type(), row.instance().phase()).increment()));
  }

  private Counter replies(Outcome outcome) {
    return registry.counter("saga.replies", "outcome", word(outcome));
  }

  private Counter ended(String type, Phase phase) {
    return registry.counter("saga.ended", "type", type, "outcome", word(phase));
  }

  private Timer step(SagaContext saga) {
    return steps.computeIfAbsent(
        new StepName(saga.sagaType(), saga.step(), saga.direction()), this::timer);
  }

  private Timer timer(StepName name) {
    return Timer.builder("saga.step.duration")
        .description("From a command's writing to the commit of its reply")
        .tags("type", name.type, "step", name.step, "direction", word(name.direction))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
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
