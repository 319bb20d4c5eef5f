package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.saga.Entry.What;
import dev.allsquare.saga.Leg.Cause;
import dev.allsquare.saga.Saga.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the mere passing of time does to a saga. The time a command spends in the outbox is nobody's
 * fault: a step's timeout begins when a tick first finds its command gone, so it is never early,
 * and while a copy of it waits there it is neither sent again nor given up. Where its key is parked
 * it will not leave by itself, so the saga is parked, too.
 */
final class Patience {

  private static final String PARKED_IN_OUTBOX = "its command's key is parked in the outbox";

  private final Saga<?> saga;
  private final Transition transition;
  private final Draft draft;
  private final Event.Tick tick;

  Patience(Saga<?> saga, Transition transition, Draft draft, Event.Tick tick) {
    this.saga = saga;
    this.transition = transition;
    this.draft = draft;
    this.tick = tick;
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
    var command = awaiting.ids().getLast();
    if (tick.parked().contains(command)) {
      draft.put(step, direction, new Leg.Stuck(awaiting.ids(), Cause.TIMED_OUT, PARKED_IN_OUTBOX));
    } else if (tick.inOutbox().contains(command)) {
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
