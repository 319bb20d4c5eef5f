package dev.allsquare.saga;

import dev.allsquare.message.Uuid7;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Starts sagas and turns them round, in the caller's transaction. */
public final class Sagas {

  /**
   * A saga to start.
   *
   * @param sagaId from {@link Sagas#newId}, also the Kafka key of its commands and replies
   * @param businessKey what people call it by, such as an order id
   * @param traceparent W3C trace context that its commands and replies carry
   */
  public record Start<D>(UUID sagaId, String businessKey, D data, @Nullable String traceparent) {

    /** A saga that belongs to no trace. */
    public Start(UUID sagaId, String businessKey, D data) {
      this(sagaId, businessKey, data, null);
    }
  }

  /** What became of a request to turn a saga round. */
  public enum Turn {
    /** It is compensating now. */
    TURNED,
    /** It was compensating already; its reason stays what it was. */
    TURNING_ALREADY,
    /** The pivot command is written: it goes forward, unless the pivot itself is refused. */
    PAST_PIVOT,
    /** It completed or was compensated. */
    ENDED
  }

  private final Definitions definitions;
  private final Engine engine;
  private final DatabaseTime time;

  Sagas(Definitions definitions, Engine engine, DatabaseTime time) {
    this.definitions = definitions;
    this.engine = engine;
    this.time = time;
  }

  /**
   * An id for a new saga. Its time is the database's: participants refuse what seems to come from
   * the future, and the clock of this machine may be wrong.
   */
  public UUID newId() {
    return Uuid7.next(time.now());
  }

  /**
   * Starts the sagas in one batch: saga rows, history and first commands, three statements in all.
   * They take the highest version of the definition that all live replicas know.
   *
   * @throws IllegalArgumentException when the data is not of the definition's class
   * @throws IllegalStateException outside a transaction, or when no saga of this name is known
   */
  public <D> void start(String sagaName, List<Start<D>> sagas) {
    requireTransaction();
    var saga = definitions.forNew(sagaName);
    if (!sagas.isEmpty()) {
      var now = time.now();
      engine.insert(saga, sagas.stream().map(start -> row(saga, start, now)).toList());
    }
  }

  /**
   * Locks the saga's row until the transaction ends, and turns it round if its pivot command is not
   * written yet. Call this before you lock rows that a {@link SagaEnding} of this saga locks: it
   * runs with the saga's row locked.
   *
   * <p>A saga whose version this code does not have counts as past its pivot.
   *
   * @throws IllegalStateException outside a transaction, or when there is no such saga
   */
  public Turn turnRound(UUID sagaId, String reason) {
    requireTransaction();
    var work = engine.lock(List.of(sagaId));
    var before = work.phase(sagaId);
    var outcome = work.apply(sagaId, new Event.TurnRound(reason), null);
    engine.save(work);
    if (outcome == Outcome.APPLIED) {
      return Turn.TURNED;
    }
    return switch (before) {
      case RUNNING -> Turn.PAST_PIVOT;
      case COMPENSATING -> Turn.TURNING_ALREADY;
      case COMPLETED, COMPENSATED -> Turn.ENDED;
    };
  }

  private static <D> Row row(Saga<?> saga, Start<D> start, Instant now) {
    if (!saga.data().isInstance(start.data())) {
      throw new IllegalArgumentException(
          "Saga " + saga + " is over " + saga.data() + ", not " + start.data().getClass());
    }
    return new Row(
        start.sagaId(),
        saga.name(),
        saga.version(),
        start.businessKey(),
        start.traceparent(),
        Json.write(start.data()),
        0,
        null,
        now,
        Instance.fresh(start.sagaId()));
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("Sagas start and turn in the transaction of their cause");
    }
  }
}
