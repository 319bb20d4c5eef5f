package dev.allsquare.outbox;

import dev.allsquare.testing.Guard;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.springframework.transaction.support.TransactionOperations;

/**
 * One process's relay: the real one, its leases, lanes and backoffs included, without its thread.
 * Whoever holds it says when it looks, and when it hears of an acknowledgement.
 */
public final class SimulatedRelay {

  private static final OutboxProperties SETTINGS =
      new OutboxProperties(
          true,
          4,
          Duration.ofMillis(50),
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          100,
          Duration.ofSeconds(10));

  /**
   * Nobody reads them; a registry of its own would cost each of many thousand relays more than its
   * work.
   */
  private static final RelayMetrics METRICS =
      new RelayMetrics(new SimpleMeterRegistry(), Clock.systemUTC());

  private final Mailbox mailbox = new Mailbox();
  private final LongSupplier nanoTime;
  private final boolean looksAtTheClock;
  private final Relay relay;
  private long lastLook;

  /**
   * A relay that has just started.
   *
   * @param name its process's
   * @param nanoTime its machine's clock that never jumps
   */
  public SimulatedRelay(
      SimulatedOutbox tables, String name, LongSupplier nanoTime, Sender sender, Set<Guard> off) {
    this.nanoTime = nanoTime;
    this.looksAtTheClock = !off.contains(Guard.LEASE_EXPIRY);
    var leases =
        new Leases(
            tables.jdbc(),
            TransactionOperations.withoutTransaction(),
            name,
            SETTINGS.lease(),
            () -> looksAtTheClock ? nanoTime.getAsLong() : lastLook);
    relay =
        new Relay(
            new OutboxTable(tables.jdbc()),
            new ParkedKeys(tables.jdbc(), TransactionOperations.withoutTransaction()),
            leases,
            sender,
            mailbox,
            METRICS,
            SETTINGS,
            new Holds(SETTINGS.firstRetry(), SETTINGS.longestRetry(), nanoTime));
    relay.begin();
  }

  /** Renews its leases if that is due, deletes what the log has, and sends what is next. */
  public void look() {
    lastLook = nanoTime.getAsLong();
    relay.round();
  }

  /** Hears what became of one send, and says whether there was anything to hear. */
  public boolean hear() throws InterruptedException {
    var event = mailbox.poll(Duration.ZERO);
    relay.handle(event);
    return event != null;
  }
}
