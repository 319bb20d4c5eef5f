package dev.allsquare.saga;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A saga's row.
 *
 * @param data JSON
 * @param readAt what the database's clock said when the row was read
 */
record Row(
    UUID id,
    String type,
    int version,
    String businessKey,
    @Nullable String traceparent,
    String data,
    int revision,
    @Nullable Instant wakeAt,
    Instant readAt,
    Instance instance) {

  static final String PARKED = "PARKED";

  /** The state as people search for it. */
  String state() {
    return instance.parked() == null ? instance.phase().name() : PARKED;
  }

  static Phase phase(String state, String direction) {
    if (state.equals(PARKED)) {
      return direction.equals("ACTION") ? Phase.RUNNING : Phase.COMPENSATING;
    }
    return Phase.valueOf(state);
  }

  /**
   * The row after a transition. Its time to wake stays if it is early enough, because moving it
   * costs a write to an index.
   */
  Row with(Instance next) {
    var due = next.dueAt();
    boolean early = due != null && wakeAt != null && !wakeAt.isAfter(due);
    return waking(next, early ? wakeAt : due);
  }

  /** The row after the sweep looked at it: it is woken again exactly when something is due. */
  Row swept(Instance next) {
    return waking(next, next.dueAt());
  }

  Row waking(Instance next, @Nullable Instant wake) {
    return new Row(id, type, version, businessKey, traceparent, data, revision, wake, readAt, next);
  }
}
