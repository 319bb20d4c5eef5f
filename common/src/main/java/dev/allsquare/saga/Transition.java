package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Verdict;
import dev.allsquare.saga.Entry.What;
import dev.allsquare.saga.Event.Replied;
import dev.allsquare.saga.Leg.Cause;
import dev.allsquare.saga.Saga.Kind;
import dev.allsquare.saga.Saga.Place;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens next: the one function that decides it. Pure; the engine calls it on the locked row.
 *
 * <ul>
 *   <li>A refusal before the pivot's success turns the saga at once: what was done is undone, and
 *       so is what may have been done (a participant's barrier makes that safe).
 *   <li>Groups are undone in reverse order, the members of one together. What was never commanded,
 *       or was refused, is not undone. Nor is the pivot, ever.
 *   <li>A step that fails is tried again as a new attempt. When its attempts are used up, or it is
 *       not answered in time, it counts as done and is undone, as long as the pivot is not
 *       commanded. From then on, and when undoing, the saga is parked instead.
 *   <li>A refused retriable step or compensation parks the saga at once. Whatever answers a parked
 *       step makes the saga go on.
 * </ul>
 */
final class Transition {

  private final Saga<?> saga;
  private final Draft draft;
  private final Retreat retreat;

  private Transition(Saga<?> saga, Draft draft) {
    this.saga = saga;
    this.draft = draft;
    this.retreat = new Retreat(saga, draft);
  }

  static Decision decide(Saga<?> saga, Pacing pacing, Instance instance, Event event, Instant now) {
    var draft = new Draft(pacing, instance, now);
    var outcome = new Transition(saga, draft).on(event);
    return draft.decision(outcome);
  }

  private Outcome on(Event event) {
    return switch (event) {
      case Event.Started _ -> started();
      case Replied reply -> replied(reply);
      case Event.Tick tick -> new Patience(saga, this, draft, tick).tick();
      case Event.TurnRound turn -> turnRound(turn.reason());
      case Event.Repaired repaired -> new Repairs(saga, this, retreat, draft).apply(repaired);
    };
  }

  private Outcome started() {
    draft.note(Entry.of(What.STARTED, null));
    goOn();
    return Outcome.APPLIED;
  }

  private Outcome turnRound(String reason) {
    return switch (draft.phase()) {
      case COMPLETED, COMPENSATED -> Outcome.ENDED;
      case COMPENSATING -> Outcome.DUPLICATE;
      case RUNNING -> {
        if (isPastPivot()) {
          yield Outcome.PAST_PIVOT;
        }
        retreat.turn(reason);
        settle();
        yield Outcome.APPLIED;
      }
    };
  }

  /** Whether the pivot command is written: from then on its outcome is unknown until known. */
  boolean isPastPivot() {
    return saga.pivot()
        .map(pivot -> !(draft.leg(pivot, Direction.ACTION) instanceof Leg.Idle))
        .orElse(true);
  }

  private Outcome replied(Replied reply) {
    var place = saga.place(reply.step());
    if (place == null) {
      return Outcome.UNKNOWN;
    }
    var leg = draft.leg(place.step(), reply.direction());
    if (!leg.ids().contains(reply.commandId())) {
      return Outcome.UNKNOWN;
    }
    return switch (leg) {
      case Leg.Idle _ -> Outcome.UNKNOWN;
      case Leg.Finished _ -> Outcome.DUPLICATE;
      case Leg.GivenUp _ -> late(place.step(), reply, leg.ids());
      case Leg.Awaiting _ ->
          isOutdatedFailure(reply, leg) ? Outcome.DUPLICATE : awaited(place, reply, leg.ids());
      case Leg.BackingOff _ ->
          reply.verdict() == Verdict.FAILED ? Outcome.DUPLICATE : awaited(place, reply, leg.ids());
      case Leg.Stuck stuck ->
          isOutdatedFailure(reply, leg) || isWhy(stuck, reply.verdict())
              ? Outcome.DUPLICATE
              : awaited(place, reply, leg.ids());
    };
  }

  /** A failure is not final: only that of the latest attempt matters. */
  private static boolean isOutdatedFailure(Replied reply, Leg leg) {
    return reply.verdict() == Verdict.FAILED && !reply.commandId().equals(leg.ids().getLast());
  }

  private static boolean isWhy(Leg.Stuck stuck, Verdict verdict) {
    return switch (stuck.cause()) {
      case TIMED_OUT -> false;
      case REFUSED -> verdict == Verdict.REFUSED;
      case FAILED -> verdict == Verdict.FAILED;
    };
  }

  /** Its compensation is under way or done; the timeline should know the truth all the same. */
  private Outcome late(Step<?> step, Replied reply, List<UUID> ids) {
    if (reply.verdict() != Verdict.FAILED) {
      draft.note(Entry.answered(What.REPLIED_LATE, reply));
      draft.put(step, reply.direction(), new Leg.Finished(ids, reply.verdict()));
    }
    return Outcome.LATE;
  }

  private Outcome awaited(Place<?> place, Replied reply, List<UUID> ids) {
    draft.note(Entry.answered(What.REPLIED, reply));
    switch (reply.verdict()) {
      case DONE -> draft.put(place.step(), reply.direction(), new Leg.Finished(ids, Verdict.DONE));
      case REFUSED -> refused(place, reply, ids);
      case FAILED -> failed(place, reply, ids);
    }
    settle();
    goOn();
    return Outcome.APPLIED;
  }

  private void refused(Place<?> place, Replied reply, List<UUID> ids) {
    var step = place.step();
    if (hasNoWayBack(place, reply.direction()) && place.kind() != Kind.PIVOT) {
      stick(step, reply.direction(), Cause.REFUSED, reply.reason());
    } else {
      draft.put(step, reply.direction(), new Leg.Finished(ids, Verdict.REFUSED));
      retreat.turn(Objects.requireNonNullElse(reply.reason(), Verdict.REFUSED.name()));
    }
  }

  private void failed(Place<?> place, Replied reply, List<UUID> ids) {
    var step = place.step();
    if (ids.size() < draft.pacing().attempts(step)) {
      var retryAt = draft.now().plus(draft.pacing().retryAfter(ids.size()));
      draft.put(step, reply.direction(), new Leg.BackingOff(ids, retryAt));
    } else {
      giveUp(place, reply.direction(), Cause.FAILED, reply.reason());
    }
  }

  /** A step gave no verdict within its limits. */
  void giveUp(Place<?> place, Direction direction, Cause cause, @Nullable String reason) {
    if (hasNoWayBack(place, direction)) {
      stick(place.step(), direction, cause, reason);
    } else {
      retreat.turn(Saga.TIMED_OUT);
    }
  }

  private static boolean hasNoWayBack(Place<?> place, Direction direction) {
    return switch (direction) {
      case COMPENSATION -> true;
      case ACTION ->
          switch (place.kind()) {
            case COMPENSATABLE -> false;
            case PIVOT, RETRIABLE -> true;
          };
    };
  }

  private void stick(Step<?> step, Direction direction, Cause cause, @Nullable String reason) {
    draft.put(step, direction, new Leg.Stuck(draft.leg(step, direction).ids(), cause, reason));
  }

  /** Commands whatever is next, in the direction the saga has. */
  void goOn() {
    switch (draft.phase()) {
      case RUNNING -> goForward();
      case COMPENSATING -> retreat.goBack();
      case COMPLETED, COMPENSATED -> {}
    }
  }

  private void goForward() {
    for (var group : saga.groups()) {
      if (!group.steps().stream().allMatch(this::isDone)) {
        group.steps().stream()
            .filter(step -> draft.leg(step, Direction.ACTION) instanceof Leg.Idle)
            .forEach(step -> draft.command(step, Direction.ACTION));
        return;
      }
    }
    draft.end(Phase.COMPLETED, What.COMPLETED);
  }

  private boolean isDone(Step<?> step) {
    return draft.leg(step, Direction.ACTION) instanceof Leg.Finished(_, var verdict)
        && verdict == Verdict.DONE;
  }

  /** Parks the saga if one of its steps is stuck, and makes it go on once none is. */
  void settle() {
    var why = draft.whyStuck(saga);
    if (why != null) {
      draft.park(why);
    } else if (draft.isParked()) {
      draft.unpark();
      draft.askAgainSoon(saga);
    }
  }
}
