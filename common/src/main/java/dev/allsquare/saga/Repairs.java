package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Verdict;
import dev.allsquare.saga.Entry.What;
import dev.allsquare.saga.Event.Repaired;
import dev.allsquare.saga.Leg.Cause;
import dev.allsquare.saga.Saga.Kind;
import dev.allsquare.saga.Saga.Place;
import java.util.ArrayList;
import java.util.List;

/** What an operator may do to a parked saga. */
final class Repairs {

  private final Saga<?> saga;
  private final Transition transition;
  private final Retreat retreat;
  private final Draft draft;

  Repairs(Saga<?> saga, Transition transition, Retreat retreat, Draft draft) {
    this.saga = saga;
    this.transition = transition;
    this.retreat = retreat;
    this.draft = draft;
  }

  Outcome apply(Repaired repaired) {
    if (draft.phase().ended()) {
      return Outcome.ENDED;
    }
    if (!draft.isParked()) {
      return Outcome.NOT_ALLOWED;
    }
    var outcome =
        switch (repaired.repair()) {
          case RETRY -> retry(repaired);
          case SKIP -> skip(repaired);
          case COMPENSATE -> compensate(repaired);
          case RESUME -> resume(repaired);
        };
    if (outcome == Outcome.APPLIED) {
      transition.settle();
    }
    return outcome;
  }

  private Outcome retry(Repaired repaired) {
    var stuck = stuck();
    if (stuck.isEmpty()) {
      return Outcome.NOT_ALLOWED;
    }
    note(repaired);
    stuck.forEach(place -> retry(place.step(), draft.phase().direction()));
    return Outcome.APPLIED;
  }

  /** What may still be handled gets no rival: of two attempts, the later one could be refused. */
  private void retry(Step<?> step, Direction direction) {
    switch (draft.leg(step, direction)) {
      case Leg.Stuck(_, var cause, _) when cause == Cause.TIMED_OUT -> askAgain(step, direction);
      case Leg.Stuck _ -> draft.command(step, direction);
      case Leg.Idle _, Leg.Awaiting _, Leg.BackingOff _, Leg.GivenUp _, Leg.Finished _ -> {}
    }
  }

  private void askAgain(Step<?> step, Direction direction) {
    var ids = draft.leg(step, direction).ids();
    draft.put(step, direction, Leg.Awaiting.fresh(ids, draft.firstLook(step)));
    draft.resend(step, direction);
  }

  private Outcome skip(Repaired repaired) {
    var stuck = stuck();
    if (stuck.isEmpty() || stuck.stream().anyMatch(place -> place.kind() == Kind.PIVOT)) {
      return Outcome.NOT_ALLOWED;
    }
    note(repaired);
    var direction = draft.phase().direction();
    for (var place : stuck) {
      var ids = draft.leg(place.step(), direction).ids();
      draft.put(place.step(), direction, new Leg.Finished(ids, Verdict.DONE));
    }
    transition.goOn();
    return Outcome.APPLIED;
  }

  private Outcome compensate(Repaired repaired) {
    if (draft.phase() == Phase.COMPENSATING) {
      return Outcome.NOT_ALLOWED;
    }
    if (transition.isPastPivot()) {
      return Outcome.PAST_PIVOT;
    }
    note(repaired);
    retreat.turn(repaired.reason());
    return Outcome.APPLIED;
  }

  private Outcome resume(Repaired repaired) {
    note(repaired);
    var direction = draft.phase().direction();
    stuck().forEach(place -> askAgain(place.step(), direction));
    return Outcome.APPLIED;
  }

  private void note(Repaired repaired) {
    draft.note(
        Entry.of(
            What.REPAIRED,
            repaired.repair() + " by " + repaired.actor() + ": " + repaired.reason()));
  }

  private List<Place<?>> stuck() {
    var stuck = new ArrayList<Place<?>>();
    for (var group : saga.groups()) {
      for (var step : group.steps()) {
        if (draft.leg(step, draft.phase().direction()) instanceof Leg.Stuck) {
          stuck.add(new Place<>(group.kind(), step));
        }
      }
    }
    return stuck;
  }
}
