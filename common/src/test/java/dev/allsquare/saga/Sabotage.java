package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Verdict;
import dev.allsquare.saga.Entry.What;
import dev.allsquare.saga.Event.Replied;
import dev.allsquare.saga.Event.Tick;
import dev.allsquare.saga.Event.TurnRound;
import dev.allsquare.testing.Guard;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Switches off guards of the transitions without touching them: the real function is given what
 * makes it act as it would without the guard.
 */
final class Sabotage {

  private final Saga<?> saga;
  private final Pacing pacing;
  private final Set<Guard> off;

  Sabotage(Saga<?> saga, Pacing pacing, Set<Guard> off) {
    this.saga = saga;
    this.pacing = pacing;
    this.off = off;
  }

  Pacing pacing() {
    return off.contains(Guard.ATTEMPTS)
        ? new Pacing(
            pacing.resend(),
            pacing.longestResend(),
            Integer.MAX_VALUE,
            pacing.retry(),
            pacing.longestRetry())
        : pacing;
  }

  /** The definition by which these replies are judged. */
  Saga<?> definition(List<Replied> replies) {
    boolean goesBack = replies.stream().allMatch(r -> r.direction() == Direction.COMPENSATION);
    return goesBack && off.contains(Guard.REVERSE_ORDER) ? reversed(saga) : saga;
  }

  /** What the function is told instead of what happened. */
  Event event(Instance instance, Event event, Instant now) {
    return switch (event) {
      case Replied reply when off.contains(Guard.AWAITED_COMMAND) -> anyReply(instance, reply);
      case Tick _ when off.contains(Guard.TIME_IN_OUTBOX) -> new Tick(Set.of(), Set.of());
      case Tick tick when off.contains(Guard.TIMED_OUT_IS_UNDONE) ->
          timedOutIsRefused(instance, tick, now);
      case Event.Started _, Replied _, Tick _, TurnRound _, Event.Repaired _ -> event;
    };
  }

  /** What the function is shown instead of how things stand. */
  Instance shown(Instance instance, Event event) {
    return switch (event) {
      case Replied reply when off.contains(Guard.LATE_REPLY) -> notGivenUp(instance, reply);
      case TurnRound _ when off.contains(Guard.PIVOT) -> withoutPivot(instance);
      case Event.Started _, Replied _, Tick _, TurnRound _, Event.Repaired _ -> instance;
    };
  }

  private static Event anyReply(Instance instance, Replied reply) {
    var leg = instance.legs(reply.direction()).get(reply.step());
    return leg == null || leg.ids().isEmpty()
        ? reply
        : new Replied(
            reply.step(), reply.direction(), leg.ids().getLast(), reply.verdict(), reply.reason());
  }

  private Event timedOutIsRefused(Instance instance, Tick tick, Instant now) {
    return Transition.decide(saga, pacing, instance, tick, now).history().stream()
        .filter(entry -> entry.what() == What.TIMED_OUT && entry.direction() == Direction.ACTION)
        .findFirst()
        .<Event>map(entry -> refusal(instance, String.valueOf(entry.step())))
        .orElse(tick);
  }

  private static Replied refusal(Instance instance, String step) {
    var leg = instance.actions().getOrDefault(step, Leg.Idle.IDLE);
    return new Replied(
        step, Direction.ACTION, leg.ids().getLast(), Verdict.REFUSED, Saga.TIMED_OUT);
  }

  private static Instance notGivenUp(Instance instance, Replied reply) {
    var leg = instance.legs(reply.direction()).get(reply.step());
    if (!(leg instanceof Leg.GivenUp(var ids))) {
      return instance;
    }
    var actions = new HashMap<>(instance.actions());
    actions.put(reply.step(), Leg.Awaiting.fresh(ids, Instant.EPOCH));
    return withActions(instance, actions);
  }

  private Instance withoutPivot(Instance instance) {
    var actions = new HashMap<>(instance.actions());
    saga.pivot().ifPresent(pivot -> actions.remove(pivot.name()));
    return withActions(instance, actions);
  }

  private static Instance withActions(Instance instance, Map<String, Leg> actions) {
    return new Instance(
        instance.id(),
        instance.phase(),
        instance.reason(),
        instance.parked(),
        actions,
        instance.compensations(),
        instance.unread());
  }

  private static <D> Saga<D> reversed(Saga<D> saga) {
    var table =
        Saga.named(saga.name()).version(saga.version()).over(saga.data(), saga.replyTopic());
    for (var group : saga.groups().reversed()) {
      if (group.kind() == Saga.Kind.COMPENSATABLE) {
        table = compensatable(table, group.steps());
      }
    }
    for (var group : saga.groups()) {
      table =
          switch (group.kind()) {
            case COMPENSATABLE -> table;
            case PIVOT -> table.pivot(group.steps().getFirst());
            case RETRIABLE -> table.retriable(group.steps().getFirst());
          };
    }
    return table.build();
  }

  // An array of a generic type cannot be made safely in any other way.
  @SuppressWarnings("unchecked")
  private static <D> Saga.Table<D> compensatable(Saga.Table<D> table, List<Step<D>> steps) {
    return table.inParallel(steps.toArray(Step[]::new));
  }
}
