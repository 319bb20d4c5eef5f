package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.SagaContext;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The truth about what was done and undone out there, however often somebody was told to. */
final class Effects {

  record Deed(UUID saga, String step, Direction direction) {

    static Deed of(SagaContext saga) {
      return new Deed(saga.sagaId(), saga.step(), saga.direction());
    }

    /** The deed that this one would undo. */
    Deed undone() {
      return new Deed(saga, step, Direction.ACTION);
    }
  }

  private final Map<Deed, Integer> done = new HashMap<>();

  void add(Deed deed) {
    done.merge(deed, 1, Integer::sum);
  }

  int times(Deed deed) {
    return done.getOrDefault(deed, 0);
  }

  /** Whether the step was done and not undone since. */
  boolean stands(UUID saga, String step) {
    return times(new Deed(saga, step, Direction.ACTION))
        > times(new Deed(saga, step, Direction.COMPENSATION));
  }

  Map<Deed, Integer> all() {
    return done;
  }
}
