package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.saga.Entry.What;
import dev.allsquare.saga.Leg.Cause;
import dev.allsquare.saga.Saga.Place;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the mere passing of time does to a saga. The time a command spends in the outbox is nobody's
 * fault: a step's timeout begins when a tick first finds its command gone, so it is never early,
 * and while a copy of it waits there it is neither sent again nor given up.
 */
final class Patience {

  private final Saga<?> saga;
  private final Transition transition;
  private final Draft draft;
  private final Set<UUID> inOutbox;

  Patience(Saga<?> saga, Transition transition, Draft draft, Set<UUID> inOutbox) {
    this.saga = saga;
    this.transition = transition;
    this.draft = draft;
    this.inOutbox = inOutbox;
  }

  Outcome tick() {
    if (draft.phase().ended() || draft.isParked()) {
      return Outcome.NOTHING;
    }
    // The first step to be given up may turn the saga; its siblings are given up then, and not due.
    var direction = draft.phase().direction();
    boolean due = false;
    for (var group : saga.groups()) {
      for (var step : group.steps()) {
        due |= tick(new Place<>(group.kind(), step), direction);
      }
    }
    transition.settle();
    return due ? Outcome.APPLIED : Outcome.NOTHING;
  }

  private boolean tick(Place<?> place, Direction direction) {
    return switch (draft.leg(place.step(), direction)) {
      case Leg.Awaiting awaiting ->
          !draft.now().isBefore(awaiting.lookAt()) && look(place, direction, awaiting);
      case Leg.BackingOff backingOff -> {
        boolean due = !draft.now().isBefore(backingOff.retryAt());
        if (due) {
          draft.command(place.step(), direction);
        }
        yield due;
      }
      case Leg.Idle _, Leg.Stuck _, Leg.GivenUp _, Leg.Finished _ -> false;
    };
  }

  private boolean look(Place<?> place, Direction direction, Leg.Awaiting awaiting) {
    var step = place.step();
    var now = draft.now();
    var deadline = deadline(step, awaiting);
    if (inOutbox.contains(awaiting.ids().getLast())) {
      draft.put(step, direction, awaiting.lookingAt(draft.nextLook(step, awaiting)));
    } else if (deadline == null) {
      draft.put(step, direction, awaiting.gone(now, draft.firstLook(step)));
    } else if (!now.isBefore(deadline)) {
      draft.note(Entry.of(What.TIMED_OUT, step.name(), direction, null));
      transition.giveUp(place, direction, Cause.TIMED_OUT, null);
    } else {
      var next = now.plus(draft.pacing().resendAfter(step, awaiting.resends() + 1));
      draft.put(step, direction, awaiting.resent(next.isBefore(deadline) ? next : deadline));
      draft.resend(step, direction);
    }
    return true;
  }

  private static @Nullable Instant deadline(Step<?> step, Leg.Awaiting awaiting) {
    var goneAt = awaiting.goneAt();
    var timeout = step.timeout();
    return goneAt == null || timeout == null ? null : goneAt.plus(timeout);
  }
}
