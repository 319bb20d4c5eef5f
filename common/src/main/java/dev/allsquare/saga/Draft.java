package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Uuid7;
import dev.allsquare.saga.Entry.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The decision while it is being made. It knows how to write things down, and no rule. */
final class Draft {

  private final Pacing pacing;
  private final Instant now;
  private final UUID id;
  private final Map<String, Leg> actions;
  private final Map<String, Leg> compensations;
  private final List<Command> commands = new ArrayList<>();
  private final List<Entry> history = new ArrayList<>();
  private Phase phase;
  private @Nullable String reason;
  private @Nullable String parked;

  Draft(Pacing pacing, Instance instance, Instant now) {
    this.pacing = pacing;
    this.now = now;
    this.id = instance.id();
    this.phase = instance.phase();
    this.reason = instance.reason();
    this.parked = instance.parked();
    this.actions = new HashMap<>(instance.actions());
    this.compensations = new HashMap<>(instance.compensations());
  }

  Decision decision(Outcome outcome) {
    var next =
        new Instance(
            id,
            phase,
            reason,
            parked,
            unmodifiable(actions),
            unmodifiable(compensations),
            List.of());
    return new Decision(next, List.copyOf(commands), List.copyOf(history), outcome);
  }

  Phase phase() {
    return phase;
  }

  boolean isParked() {
    return parked != null;
  }

  Instant now() {
    return now;
  }

  Pacing pacing() {
    return pacing;
  }

  Leg leg(Step<?> step, Direction direction) {
    return legs(direction).getOrDefault(step.name(), Leg.Idle.IDLE);
  }

  void put(Step<?> step, Direction direction, Leg leg) {
    legs(direction).put(step.name(), leg);
  }

  void note(Entry entry) {
    history.add(entry);
  }

  /** Commands a new attempt, under a new message id. */
  void command(Step<?> step, Direction direction) {
    var ids = new ArrayList<>(leg(step, direction).ids());
    int attempt = ids.size() + 1;
    ids.add(Uuid7.derived(now, id + "/" + step.name() + "/" + direction + "/" + attempt));
    put(step, direction, Leg.Awaiting.fresh(List.copyOf(ids), firstLook(step)));
    send(What.COMMANDED, step, direction, ids);
  }

  /** Sends the last attempt's command again, under its message id. */
  void resend(Step<?> step, Direction direction) {
    send(What.RESENT, step, direction, leg(step, direction).ids());
  }

  /** When a command that was just written, or seen to be gone, is looked at again. */
  Instant firstLook(Step<?> step) {
    return now.plus(untilFirstLook(step));
  }

  /** When a command that is still in the outbox is looked for again. */
  Instant nextLook(Step<?> step, Leg.Awaiting awaiting) {
    var waited = Duration.between(Uuid7.timeOf(awaiting.ids().getLast()), now);
    return now.plus(pacing.lookAgainAfter(untilFirstLook(step), waited));
  }

  private Duration untilFirstLook(Step<?> step) {
    var resend = pacing.resendAfter(step, 0);
    var timeout = step.timeout();
    return timeout != null && timeout.compareTo(resend) < 0 ? timeout : resend;
  }

  void turn(String why) {
    phase = Phase.COMPENSATING;
    reason = why;
    note(Entry.of(What.TURNED_ROUND, why));
  }

  void end(Phase ended, What what) {
    phase = ended;
    note(Entry.of(what, reason));
  }

  void park(String why) {
    if (!why.equals(parked)) {
      parked = why;
      note(Entry.of(What.PARKED, why));
    }
  }

  void unpark() {
    parked = null;
    if (!phase.ended()) {
      note(Entry.of(What.RESUMED, null));
    }
  }

  /** The sentence that says which step cannot go on by itself; absent when all can. */
  @Nullable String whyStuck(Saga<?> saga) {
    for (var step : steps(saga)) {
      if (leg(step, phase.direction()) instanceof Leg.Stuck(_, var cause, var why)) {
        return (phase.direction() == Direction.ACTION ? "" : "the compensation of ")
            + (step.name() + " " + cause.words())
            + (why == null ? "" : ": " + why);
      }
    }
    return null;
  }

  /** Nobody looked after the saga while it was parked, so what it still awaits starts over. */
  void askAgainSoon(Saga<?> saga) {
    for (var step : steps(saga)) {
      if (leg(step, phase.direction()) instanceof Leg.Awaiting(var ids, _, _, _)) {
        put(step, phase.direction(), Leg.Awaiting.fresh(ids, firstLook(step)));
      }
    }
  }

  private static List<? extends Step<?>> steps(Saga<?> saga) {
    return saga.groups().stream().flatMap(group -> group.steps().stream()).toList();
  }

  private void send(What what, Step<?> step, Direction direction, List<UUID> ids) {
    var command = new Command(step.name(), direction, ids.getLast(), ids.size());
    commands.add(command);
    note(Entry.sent(what, command));
  }

  private Map<String, Leg> legs(Direction direction) {
    return switch (direction) {
      case ACTION -> actions;
      case COMPENSATION -> compensations;
    };
  }

  private static Map<String, Leg> unmodifiable(Map<String, Leg> legs) {
    return Collections.unmodifiableMap(legs);
  }
}
