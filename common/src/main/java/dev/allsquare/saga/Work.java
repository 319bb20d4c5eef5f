package dev.allsquare.saga;

import dev.allsquare.message.Message;
import dev.allsquare.saga.Entry.What;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sagas that one transaction has locked, and what it does to them, folded to one row each. */
final class Work {

  /** So long a saga is left to those who know its version before it is looked at again. */
  private static final Duration LEFT_FOR = Duration.ofSeconds(2);

  private final Definitions definitions;
  private final BiPredicate<String, Integer> elsewhere;
  private final Pacing pacing;
  private final Letters letters;
  private final Map<UUID, Change> changes = new LinkedHashMap<>();
  private final Map<String, Boolean> knownElsewhere = new HashMap<>();

  Work(
      Definitions definitions,
      BiPredicate<String, Integer> elsewhere,
      Pacing pacing,
      Letters letters,
      List<Row> locked) {
    this.definitions = definitions;
    this.elsewhere = elsewhere;
    this.pacing = pacing;
    this.letters = letters;
    locked.forEach(row -> changes.put(row.id(), new Change(row)));
  }

  Set<UUID> sagas() {
    return changes.keySet();
  }

  Collection<Change> changes() {
    return changes.values();
  }

  /** The commands that may still be in the outbox. */
  Set<UUID> awaited() {
    return changes.values().stream()
        .flatMap(change -> change.now().awaited())
        .collect(Collectors.toSet());
  }

  Phase phase(UUID sagaId) {
    var change = changes.get(sagaId);
    if (change == null) {
      throw new IllegalStateException("There is no saga " + sagaId);
    }
    return change.now().phase();
  }

  /** Lets this saga go through the event that the message brought. */
  Outcome apply(UUID sagaId, Event event, @Nullable Message cause) {
    var change = changes.get(sagaId);
    if (change == null) {
      return Outcome.UNKNOWN;
    }
    if (event instanceof Event.Tick) {
      change.swept();
    }
    var saga = definitions.find(change.before().type(), change.before().version());
    if (saga == null) {
      return unknownVersion(change, event);
    }
    change.now().unread().forEach(reply -> apply(change, saga, reply, null));
    return apply(change, saga, event, cause);
  }

  private Outcome apply(Change change, Saga<?> saga, Event event, @Nullable Message cause) {
    var now = change.before().readAt();
    var decision = Transition.decide(saga, pacing, change.now(), event, now);
    List<Message> messages;
    try {
      messages = letters.write(saga, change.before(), decision.commands(), now, cause);
    } catch (RuntimeException e) {
      // One saga's data that this code cannot use must not hold back the whole batch for ever.
      park(change, decision.next(), "its commands could not be written: " + e);
      return Outcome.APPLIED;
    }
    change.add(decision.next(), decision.history(), messages);
    return decision.outcome();
  }

  /** While other replicas have code for it, the saga is theirs, and so is a reply to it. */
  private Outcome unknownVersion(Change change, Event event) {
    if (change.now().phase().ended()) {
      return Outcome.ENDED;
    }
    if (event instanceof Event.Replied reply) {
      change.add(change.now().keeping(reply), List.of(), List.of());
    }
    var row = change.before();
    if (anotherKnows(row)) {
      leave(change, event);
      return Outcome.LEFT_TO_ANOTHER;
    }
    if (change.now().parked() == null) {
      park(change, change.now(), "no code has version " + row.version() + " of " + row.type());
    }
    return Outcome.UNKNOWN_VERSION;
  }

  private static void leave(Change change, Event event) {
    var now = change.before().readAt();
    if (change.now().parked() == null) {
      switch (event) {
        case Event.Replied _ -> change.leaveUntil(now);
        case Event.Tick _ -> change.leaveUntil(now.plus(LEFT_FOR));
        case Event.Started _, Event.TurnRound _, Event.Repaired _ -> {}
      }
    }
  }

  /** Asked once per transaction and version: a rollout may show hundreds of its sagas at a time. */
  private boolean anotherKnows(Row row) {
    return knownElsewhere.computeIfAbsent(
        row.type() + " " + row.version(), _ -> elsewhere.test(row.type(), row.version()));
  }

  private static void park(Change change, Instance next, String why) {
    change.add(next.parkedBecause(why), List.of(Entry.of(What.PARKED, why)), List.of());
  }
}
