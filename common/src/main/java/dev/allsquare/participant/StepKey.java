package dev.allsquare.participant;

import dev.allsquare.message.Direction;
import dev.allsquare.message.SagaContext;
import java.util.Comparator;
import java.util.UUID;

/** What the barrier knows outcomes by. Its order is the order in which rows are locked. */
record StepKey(UUID sagaId, String step, Direction direction) implements Comparable<StepKey> {

  private static final Comparator<StepKey> ORDER =
      Comparator.comparing(StepKey::sagaId)
          .thenComparing(StepKey::step)
          .thenComparing(StepKey::direction);

  static StepKey of(SagaContext saga) {
    return new StepKey(saga.sagaId(), saga.step(), saga.direction());
  }

  StepKey action() {
    return new StepKey(sagaId, step, Direction.ACTION);
  }

  @Override
  public int compareTo(StepKey other) {
    return ORDER.compare(this, other);
  }
}
