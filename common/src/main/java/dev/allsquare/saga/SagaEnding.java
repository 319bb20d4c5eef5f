package dev.allsquare.saga;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a service does when sagas of one type end, in the transaction that ends them.
 *
 * @param <D> the saga's data
 */
public interface SagaEnding<D> {

  /** How a saga ended. */
  enum Outcome {
    COMPLETED,
    COMPENSATED
  }

  /**
   * One saga that ended.
   *
   * @param reason what turned it round; absent when it completed
   */
  record Ended<D>(
      UUID sagaId, String businessKey, D data, Outcome outcome, @Nullable String reason) {}

  /** The name of the saga whose end this is. */
  String sagaName();

  /** Called with the sagas' row locks held, sorted by saga id. */
  void ended(List<Ended<D>> sagas);
}
