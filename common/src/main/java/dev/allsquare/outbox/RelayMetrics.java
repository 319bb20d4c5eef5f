package dev.allsquare.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the relay tells the outside. The gauges repeat what its last heartbeat saw. */
final class RelayMetrics {

  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private final Clock clock;
  private final Counter sent;
  private final Counter failed;
  private final Counter parked;
  private volatile OutboxTable.Depth depth = new OutboxTable.Depth(0, null, 0);

  RelayMetrics(MeterRegistry registry, Clock clock) {
    this.clock = clock;
    this.sent = registry.counter("outbox.sent");
    this.failed = registry.counter("outbox.failed");
    this.parked = registry.counter("outbox.parked");
    Gauge.builder("outbox.depth", () -> depth.rows())
        .description("rows the log does not have yet")
        .register(registry);
    Gauge.builder("outbox.oldest.age", () -> age(depth.oldest()).toMillis() / 1e3)
        .description("how long the oldest of them has waited")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("outbox.parked.keys", () -> depth.parkedKeys())
        .description("keys that wait for an operator")
        .register(registry);
  }

  void observe(OutboxTable table) {
    depth = table.depth();
  }

  void sent(int rows) {
    sent.increment(rows);
  }

  void failed(Row.Key key, Throwable cause) {
    failed.increment();
    log.debug("the log did not take a message of {}, it is sent again later", key, cause);
  }

  void parked(Row.Key key, Undeliverable cause) {
    parked.increment();
    log.error("parked {}: the log will never take its next message", key, cause);
  }

  private Duration age(@Nullable Instant oldest) {
    return oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
  }
}
