package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one saga.
 *
 * @param reason what turned it round
 * @param parked why it is parked; absent while it is not
 * @param actions the steps that were commanded
 * @param compensations the steps whose undoing was commanded
 * @param unread replies that came to code without this saga's version, for code that has it
 */
record Instance(
    UUID id,
    Phase phase,
    @Nullable String reason,
    @Nullable String parked,
    Map<String, Leg> actions,
    Map<String, Leg> compensations,
    List<Event.Replied> unread) {

  static Instance fresh(UUID id) {
    return new Instance(id, Phase.RUNNING, null, null, Map.of(), Map.of(), List.of());
  }

  Instance parkedBecause(String why) {
    return new Instance(id, phase, reason, why, actions, compensations, unread);
  }

  Instance keeping(Event.Replied reply) {
    if (unread.contains(reply)) {
      return this;
    }
    var more = new ArrayList<>(unread);
    more.add(reply);
    return new Instance(id, phase, reason, parked, actions, compensations, List.copyOf(more));
  }

  Map<String, Leg> legs(Direction direction) {
    return switch (direction) {
      case ACTION -> actions;
      case COMPENSATION -> compensations;
    };
  }

  /** The commands that may still be in the outbox. */
  Stream<UUID> awaited() {
    return current()
        .flatMap(leg -> leg instanceof Leg.Awaiting ? Stream.of(leg.ids().getLast()) : Stream.of());
  }

  /** The earliest time at which the sweep has something to do; absent when only others can. */
  @Nullable Instant dueAt() {
    return parked == null
        ? current().flatMap(Instance::due).min(Comparator.naturalOrder()).orElse(null)
        : null;
  }

  /** The steps it cannot go on without. */
  List<String> waitingFor() {
    return phase.ended()
        ? List.of()
        : legs(phase.direction()).entrySet().stream()
            .filter(entry -> isOpen(entry.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
  }

  private Stream<Leg> current() {
    return phase.ended() ? Stream.of() : legs(phase.direction()).values().stream();
  }

  private static Stream<Instant> due(Leg leg) {
    return switch (leg) {
      case Leg.Awaiting awaiting -> Stream.of(awaiting.lookAt());
      case Leg.BackingOff backingOff -> Stream.of(backingOff.retryAt());
      case Leg.Idle _, Leg.Stuck _, Leg.GivenUp _, Leg.Finished _ -> Stream.of();
    };
  }

  private static boolean isOpen(Leg leg) {
    return switch (leg) {
      case Leg.Awaiting _, Leg.BackingOff _, Leg.Stuck _ -> true;
      case Leg.Idle _, Leg.GivenUp _, Leg.Finished _ -> false;
    };
  }
}
