package dev.allsquare.saga;

import dev.allsquare.database.Failure;
import dev.allsquare.outbox.Outbox;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks after the sagas that nobody answers: sends commands again, starts the next attempt of what
 * failed, gives up what timed out. Replicas share the work by skipping what another has locked.
 *
 * <p>A batch costs one select that locks, one look into the outbox (a second one for parked keys if
 * something waits there), one update, and one insert each into history and outbox if something was
 * due, one commit.
 */
final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final Engine engine;
  private final SagaTable table;
  private final Outbox outbox;
  private final TransactionOperations transactions;
  private final int limit;

  Sweep(
      Engine engine,
      SagaTable table,
      Outbox outbox,
      TransactionOperations transactions,
      int limit) {
    this.engine = engine;
    this.table = table;
    this.outbox = outbox;
    this.transactions = transactions;
    this.limit = limit;
  }

  /** Looks at what is due, batch by batch, until a batch is not full. */
  void sweep() {
    while (batch() == limit && !Thread.currentThread().isInterrupted()) {
      LOG.debug("The sweep was full; looking again at once");
    }
  }

  /** Looks at one batch and says how many sagas were in it. */
  int batch() {
    try {
      var seen = transactions.execute(_ -> tick(engine.lockDue(limit)));
      return seen == null ? 0 : seen;
    } catch (RuntimeException e) {
      rethrowIfItMayPass(e);
      var due = table.due(limit);
      LOG.warn("One of {} sagas breaks; each is tried alone", due.size(), e);
      due.forEach(this::alone);
      return due.size();
    }
  }

  /** One saga that breaks must not hold back the others, nor break in silence again and again. */
  private void alone(UUID sagaId) {
    if (breaksOn(sagaId) != null) {
      // Once more, as for a message: what a moment made of it, a new transaction may not meet.
      var still = breaksOn(sagaId);
      if (still != null) {
        park(sagaId, still);
      }
    }
  }

  private @Nullable RuntimeException breaksOn(UUID sagaId) {
    try {
      transactions.execute(_ -> tick(engine.lock(List.of(sagaId))));
      return null;
    } catch (RuntimeException e) {
      rethrowIfItMayPass(e);
      return e;
    }
  }

  private static void rethrowIfItMayPass(RuntimeException e) {
    if (Failure.of(e) != Failure.OWN) {
      throw e;
    }
  }

  private void park(UUID sagaId, RuntimeException e) {
    LOG.error("Saga {} cannot go on and is parked", sagaId, e);
    transactions.executeWithoutResult(_ -> table.park(sagaId, "the sweep broke on it: " + e));
  }

  private int tick(Work work) {
    if (!work.sagas().isEmpty()) {
      Set<UUID> inOutbox = outbox.stillWaiting(work.awaited());
      var tick = new Event.Tick(inOutbox, outbox.parked(inOutbox));
      work.sagas().forEach(saga -> work.apply(saga, tick, null));
      engine.save(work);
    }
    return work.sagas().size();
  }
}
