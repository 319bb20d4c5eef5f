package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Verdict;
import dev.allsquare.saga.Entry.What;
import java.util.List;
import java.util.UUID;

/** How a saga turns round, and undoes what was or may have been done. */
final class Retreat {

  private final Saga<?> saga;
  private final Draft draft;

  Retreat(Saga<?> saga, Draft draft) {
    this.saga = saga;
    this.draft = draft;
  }

  void turn(String reason) {
    draft.turn(reason);
    for (var group : saga.groups()) {
      for (var step : group.steps()) {
        switch (draft.leg(step, Direction.ACTION)) {
          case Leg.Awaiting(var ids, _, _, _) -> giveUp(step, ids);
          case Leg.BackingOff(var ids, _) -> giveUp(step, ids);
          case Leg.Stuck(var ids, _, _) -> giveUp(step, ids);
          case Leg.Idle _, Leg.GivenUp _, Leg.Finished _ -> {}
        }
      }
    }
    goBack();
  }

  private void giveUp(Step<?> step, List<UUID> ids) {
    draft.put(step, Direction.ACTION, new Leg.GivenUp(ids));
  }

  /** Commands the compensations that are next, or ends the saga. */
  void goBack() {
    for (var group : saga.groups().reversed()) {
      group.steps().stream().filter(this::isToBeUndone).forEach(this::undo);
      if (!group.steps().stream().allMatch(this::isUndone)) {
        return;
      }
    }
    draft.end(Phase.COMPENSATED, What.COMPENSATED);
  }

  /** Its effect is or may be there, and nothing was done about it yet. */
  private boolean isToBeUndone(Step<?> step) {
    return draft.leg(step, Direction.COMPENSATION) instanceof Leg.Idle
        && switch (draft.leg(step, Direction.ACTION)) {
          case Leg.Idle _ -> false;
          case Leg.Finished(_, var verdict) -> verdict == Verdict.DONE;
          case Leg.GivenUp _, Leg.Awaiting _, Leg.BackingOff _, Leg.Stuck _ -> true;
        };
  }

  private boolean isUndone(Step<?> step) {
    return switch (draft.leg(step, Direction.COMPENSATION)) {
      case Leg.Idle _ -> !isToBeUndone(step);
      case Leg.Finished _ -> true;
      case Leg.GivenUp _, Leg.Awaiting _, Leg.BackingOff _, Leg.Stuck _ -> false;
    };
  }

  private void undo(Step<?> step) {
    if (step.compensation() != null) {
      draft.command(step, Direction.COMPENSATION);
    } else {
      draft.put(step, Direction.COMPENSATION, new Leg.Finished(List.of(), Verdict.DONE));
      draft.note(
          Entry.of(
              What.NOT_COMPENSATED, step.name(), Direction.COMPENSATION, step.whyNoCompensation()));
    }
  }
}
