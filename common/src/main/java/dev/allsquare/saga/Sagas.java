package dev.allsquare.saga;

import java.util.List;
import java.util.UUID;

/** Starts sagas and turns them round, in the caller's transaction. */
public final class Sagas {

  /**
   * A saga to start.
   *
   * @param sagaId a version 7 UUID, also the Kafka key of its commands and replies
   * @param businessKey what people call it by, such as an order id
   */
  public record Start<D>(UUID sagaId, String businessKey, D data) {}

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

  /**
   * Starts the sagas in one batch: saga rows, history and first commands.
   *
   * @throws IllegalStateException outside a transaction, or when no saga of this name is known
   */
  public <D> void start(String sagaName, List<Start<D>> sagas) {
    throw new UnsupportedOperationException("not yet: " + sagaName + sagas);
  }

  /**
   * Locks the saga's row until the transaction ends, and turns it round if its pivot command is not
   * written yet.
   *
   * @throws IllegalStateException outside a transaction, or when there is no such saga
   */
  public Turn turnRound(UUID sagaId, String reason) {
    throw new UnsupportedOperationException("not yet: " + sagaId + reason);
  }
}
