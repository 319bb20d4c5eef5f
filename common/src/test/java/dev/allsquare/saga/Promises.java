package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.Verdict;
import dev.allsquare.outbox.SimulatedOutbox;
import dev.allsquare.saga.Effects.Deed;
import dev.allsquare.saga.Leg.Cause;
import dev.allsquare.saga.Saga.Group;
import dev.allsquare.saga.Saga.Kind;
import dev.allsquare.saga.Saga.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The promises of the design, checked against the truth whenever something happens and once more
 * when all is over.
 *
 * <ol>
 *   <li>Nothing accepted is lost: every saga ends, and what ended stays as it is.
 *   <li>Nothing happens twice.
 *   <li>Nothing is half done: everything, or nothing that can be undone; in reverse order; no way
 *       back past the pivot.
 *   <li>Nothing is stuck in silence, and nothing is parked or given up before its time.
 *   <li>Order per key: the log has every committed row, no other, in order, one on its way.
 * </ol>
 */
final class Promises {

  /** The log's half of the fifth promise, for one outbox and one key. */
  private record Stream(SimulatedOutbox outbox, String topic, String key) {}

  private record Sent(SimulatedOutbox outbox, long seq) {}

  private final Saga<?> saga;
  private final Pacing pacing;
  private final Effects effects;
  private final Map<Stream, Deque<Long>> expected = new HashMap<>();
  private final Set<Sent> arrived = new HashSet<>();
  private final Map<Deed, Integer> attempts = new HashMap<>();
  private final Map<Deed, Integer> allowed = new HashMap<>();
  private final Set<Deed> skipped = new HashSet<>();
  private @Nullable String broken;

  Promises(Saga<?> saga, Pacing pacing, Effects effects) {
    this.saga = saga;
    this.pacing = pacing;
    this.effects = effects;
  }

  static void require(boolean isKept, String otherwise) {
    if (!isKept) {
      throw new AssertionError(otherwise);
    }
  }

  /** Where what is thrown would be taken for a failed send. */
  void note(boolean isKept, String otherwise) {
    if (!isKept) {
      broken = otherwise;
    }
  }

  void raise() {
    require(broken == null, String.valueOf(broken));
  }

  /** A row of an outbox was committed. */
  void committed(SimulatedOutbox outbox, long seq, Message message) {
    stream(outbox, message).addLast(seq);
  }

  /** The log has taken a record. */
  void arrived(SimulatedOutbox outbox, Message message) {
    long seq = SimulatedOutbox.seqOf(message);
    if (arrived.add(new Sent(outbox, seq))) {
      var next = stream(outbox, message).pollFirst();
      require(next != null, "5: what was never committed is in the log");
      require(next != null && next == seq, "5: the log has a key's records out of order");
    }
  }

  private Deque<Long> stream(SimulatedOutbox outbox, Message message) {
    return expected.computeIfAbsent(
        new Stream(outbox, message.topic(), message.key()), _ -> new ArrayDeque<>());
  }

  /** What was decided about a saga was committed; these commands were in the outbox meanwhile. */
  void decided(Change change, Set<UUID> inOutbox) {
    var before = change.before().instance();
    var after = change.now();
    require(
        !before.phase().ended() || before.phase() == after.phase(), "1: an end was not the end");
    require(
        before.phase() != Phase.COMPENSATING || after.phase() != Phase.RUNNING,
        "3: it turned round twice");
    change.chapter().entries().forEach(entry -> decided(before, after, entry, inOutbox));
    parked(after);
  }

  private void decided(Instance before, Instance after, Entry entry, Set<UUID> inOutbox) {
    switch (entry.what()) {
      case COMMANDED -> commanded(before, after, entry);
      case TIMED_OUT -> timedOut(before, entry, inOutbox);
      case TURNED_ROUND ->
          require(before.phase() == Phase.RUNNING, "3: what had turned round turned again");
      case REPAIRED -> repaired(before, after);
      case STARTED,
          RESENT,
          REPLIED,
          REPLIED_LATE,
          NOT_COMPENSATED,
          PARKED,
          RESUMED,
          COMPLETED,
          COMPENSATED -> {}
    }
  }

  private void commanded(Instance before, Instance after, Entry entry) {
    var place = place(entry);
    var deed = new Deed(after.id(), place.step().name(), direction(entry));
    int attempt = attempts.merge(deed, 1, Integer::sum);
    require(
        attempt <= pacing.attempts(place.step()) + allowed.getOrDefault(deed, 0),
        "4: what fails is tried again and again, and nobody is told");
    if (deed.direction() == Direction.ACTION) {
      require(before.phase() == Phase.RUNNING, "3: forward, although it had turned round");
    } else {
      undoing(place, after);
    }
  }

  private void undoing(Place<?> place, Instance after) {
    require(place.kind() == Kind.COMPENSATABLE, "3: what has no way back is undone");
    saga.pivot().ifPresent(pivot -> notPastPivot(pivot, after));
    for (var group : saga.groups().reversed()) {
      if (contains(group, place.step())) {
        return;
      }
      require(
          group.steps().stream().noneMatch(step -> isLeftBehind(after.id(), step)),
          "3: groups are not undone in reverse order");
    }
  }

  private void notPastPivot(Step<?> pivot, Instance after) {
    var leg = after.actions().getOrDefault(pivot.name(), Leg.Idle.IDLE);
    boolean isRefused = leg instanceof Leg.Finished(_, var verdict) && verdict == Verdict.REFUSED;
    require(leg instanceof Leg.Idle || isRefused, "3: undone, although the pivot may be done");
    require(!effects.stands(after.id(), pivot.name()), "3: undone, although the pivot is done");
  }

  private static boolean contains(Group<?> group, Step<?> wanted) {
    return group.steps().stream().anyMatch(step -> step.name().equals(wanted.name()));
  }

  private boolean isLeftBehind(UUID id, Step<?> step) {
    return step.compensation() != null
        && effects.stands(id, step.name())
        && !skipped.contains(new Deed(id, step.name(), Direction.COMPENSATION));
  }

  private void timedOut(Instance before, Entry entry, Set<UUID> inOutbox) {
    var leg = before.legs(direction(entry)).get(place(entry).step().name());
    require(
        leg != null && !inOutbox.contains(leg.ids().getLast()),
        "4: given up while its command was still in the outbox");
  }

  /** An operator may have another attempt, or take the responsibility for a step. */
  private void repaired(Instance before, Instance after) {
    for (var direction : Direction.values()) {
      before.legs(direction).forEach((step, leg) -> repaired(after, direction, step, leg));
    }
  }

  private void repaired(Instance after, Direction direction, String step, Leg leg) {
    if (leg instanceof Leg.Stuck) {
      var deed = new Deed(after.id(), step, direction);
      allowed.merge(deed, 1, Integer::sum);
      if (after.legs(direction).get(step) instanceof Leg.Finished) {
        skipped.add(deed);
      }
    }
  }

  private void parked(Instance after) {
    if (after.parked() != null) {
      require(!after.waitingFor().isEmpty(), "4: parked, and it does not say what it waits for");
      require(after.dueAt() == null, "4: parked, and looked after all the same");
      after.legs(after.phase().direction()).forEach((step, leg) -> stuck(after, step, leg));
    }
  }

  private void stuck(Instance after, String step, Leg leg) {
    if (leg instanceof Leg.Stuck(var ids, var cause, _)) {
      var place = Objects.requireNonNull(saga.place(step));
      require(
          place.kind() != Kind.COMPENSATABLE || after.phase() == Phase.COMPENSATING,
          "3: parked, although there was a way back");
      require(
          cause != Cause.FAILED || ids.size() >= pacing.attempts(place.step()),
          "4: parked before its attempts were used up");
    }
  }

  private Place<?> place(Entry entry) {
    return Objects.requireNonNull(saga.place(Objects.requireNonNull(entry.step())));
  }

  private static Direction direction(Entry entry) {
    return Objects.requireNonNull(entry.direction());
  }

  /** All faults are over, everything was delivered, again and again. */
  void kept(Instance instance) {
    require(
        instance.phase().ended(),
        instance.parked() == null ? "1: it never ends" : "4: what is repaired stays parked");
    effects.all().forEach((_, times) -> require(times <= 1, "2: it happened twice"));
    expected.values().forEach(rows -> require(rows.isEmpty(), "5: the log lacks committed rows"));
    switch (instance.phase()) {
      case COMPLETED -> steps().forEach(step -> completed(instance, step));
      case COMPENSATED -> steps().forEach(step -> compensated(instance, step));
      case RUNNING, COMPENSATING -> throw new AssertionError("1: it never ends");
    }
  }

  private void completed(Instance instance, Step<?> step) {
    require(
        effects.stands(instance.id(), step.name())
            || skipped.contains(new Deed(instance.id(), step.name(), Direction.ACTION)),
        "3: completed, and a step is not done");
  }

  private void compensated(Instance instance, Step<?> step) {
    boolean isPivot = saga.pivot().filter(pivot -> pivot.name().equals(step.name())).isPresent();
    require(!isLeftBehind(instance.id(), step), "3: compensated, and a step is still done");
    require(
        !isPivot || !effects.stands(instance.id(), step.name()),
        "3: compensated, and the pivot is done");
  }

  private List<? extends Step<?>> steps() {
    return saga.groups().stream().flatMap(group -> group.steps().stream()).toList();
  }
}
