package dev.allsquare.saga;

import dev.allsquare.message.Message;
import dev.allsquare.saga.Orchestrator.Delivery;
import dev.allsquare.testing.Guard;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The saga table in memory. Everything is decided by the real {@link Transition} through the real
 * {@link Work}, commands are written by the real {@link Letters}, replies are read by the real
 * {@link Orchestrator}. What stands in for SQL is small, and keeps the contract of {@link
 * SagaTable} and {@link Engine}: rows are locked until the transaction ends, written only if their
 * revision is the one that was read, and swept when they are due.
 */
final class SimulatedSagas {

  private final Saga<?> saga;
  private final Sabotage sabotage;
  private final Set<Guard> off;
  private final Supplier<Instant> clock;
  private final Definitions definitions;
  private final Letters letters = new Letters("orchestrator");
  private final Map<UUID, Row> rows = new LinkedHashMap<>();
  private final Set<UUID> locked = new HashSet<>();

  SimulatedSagas(Saga<?> saga, Pacing pacing, Supplier<Instant> clock, Set<Guard> off) {
    this.saga = saga;
    this.sabotage = new Sabotage(saga, pacing, off);
    this.off = off;
    this.clock = clock;
    this.definitions = new Definitions(List.of(saga));
  }

  /** Sagas that were locked and decided on; nothing of it is true before it is committed. */
  final class Transaction {

    private final Work work;
    private @Nullable List<Change> changes;

    private Transaction(Work work) {
      this.work = work;
      locked.addAll(work.sagas());
    }

    private void apply(UUID sagaId, Event event, @Nullable Message cause) {
      for (var change : work.changes()) {
        if (change.before().id().equals(sagaId)) {
          work.apply(sagaId, sabotage.event(change.now(), event, clock.get()), cause);
        }
      }
    }

    /** Asked for when all is decided. */
    List<Change> changes() {
      var decided = changes;
      if (decided == null) {
        decided = work.changes().stream().filter(Change::isToBeWritten).toList();
        changes = decided;
      }
      return decided;
    }

    List<Message> messages() {
      return changes().stream().flatMap(change -> change.messages().stream()).toList();
    }

    /** Writes it all, or nothing and says so when a row is not as it was read. */
    boolean commit() {
      locked.removeAll(work.sagas());
      boolean isStale =
          work.changes().stream()
              .map(Change::before)
              .anyMatch(row -> find(row.id()).revision() != row.revision());
      if (isStale && !off.contains(Guard.SAGA_LOCK)) {
        return false;
      }
      changes().forEach(change -> rows.put(change.before().id(), written(change.after())));
      return true;
    }

    void rollback() {
      locked.removeAll(work.sagas());
    }
  }

  /** Writes a new saga's row, the first transition included. */
  <D> Transaction start(UUID id, D data) {
    var row =
        new Row(
            id,
            saga.name(),
            saga.version(),
            id.toString(),
            null,
            Json.write(data),
            -1,
            null,
            clock.get(),
            Instance.fresh(id));
    rows.put(id, row);
    var started = transaction(definitions, List.of(row));
    started.apply(id, new Event.Started(), null);
    return started;
  }

  /** Whether nobody has locked the sagas of these replies. */
  boolean areFree(Collection<Message> replies) {
    return off.contains(Guard.SAGA_LOCK)
        || replies.stream()
            .noneMatch(reply -> locked.contains(Objects.requireNonNull(reply.saga()).sagaId()));
  }

  boolean isFree(UUID saga) {
    return off.contains(Guard.SAGA_LOCK) || !locked.contains(saga);
  }

  /** Decides on the replies of one poll. */
  Transaction open(List<Message> replies) {
    var deliveries = replies.stream().map(Orchestrator::read).toList();
    var events = deliveries.stream().map(Delivery::event).toList();
    var shown =
        deliveries.stream()
            .map(delivery -> shown(delivery.sagaId(), delivery.event()))
            .collect(Collectors.toMap(Row::id, Function.identity(), (a, _) -> a));
    var judgedBy = sabotage.definition(events);
    var known = judgedBy.equals(saga) ? definitions : new Definitions(List.of(judgedBy));
    var opened = transaction(known, List.copyOf(shown.values()));
    deliveries.forEach(it -> opened.apply(it.sagaId(), it.event(), it.message()));
    return opened;
  }

  /** Looks after what is due, as the sweep does. */
  Transaction sweep(int limit, Function<Collection<UUID>, Set<UUID>> inOutbox) {
    var now = clock.get();
    var due =
        rows.values().stream()
            .filter(row -> isDue(row, now) && isFree(row.id()) && !off.contains(Guard.SWEEP))
            .sorted(Comparator.comparing(row -> Objects.requireNonNull(row.wakeAt())))
            .limit(limit)
            .map(row -> read(row, row.instance()))
            .toList();
    var opened = transaction(definitions, due);
    var waiting = inOutbox.apply(opened.work.awaited());
    due.forEach(row -> opened.apply(row.id(), new Event.Tick(waiting, Set.of()), null));
    return opened;
  }

  /** Somebody wants something of this saga. */
  Transaction demand(UUID id, Event event) {
    var opened = transaction(definitions, List.of(shown(id, event)));
    opened.apply(id, event, null);
    return opened;
  }

  Instance instance(UUID id) {
    return find(id).instance();
  }

  Set<UUID> ids() {
    return rows.keySet();
  }

  private Transaction transaction(Definitions known, List<Row> read) {
    return new Transaction(new Work(known, (_, _) -> false, sabotage.pacing(), letters, read));
  }

  private Row find(UUID id) {
    return Objects.requireNonNull(rows.get(id));
  }

  private Row shown(UUID id, Event event) {
    var row = find(id);
    return read(row, sabotage.shown(row.instance(), event));
  }

  private static boolean isDue(Row row, Instant now) {
    var wakeAt = row.wakeAt();
    return wakeAt != null
        && !wakeAt.isAfter(now)
        && row.instance().parked() == null
        && !row.instance().phase().ended();
  }

  private Row read(Row row, Instance instance) {
    return copy(row, row.revision(), row.wakeAt(), clock.get(), instance);
  }

  private Row written(Row row) {
    var instance = row.instance();
    return copy(
        row,
        row.revision() + 1,
        row.wakeAt(),
        row.readAt(),
        off.contains(Guard.PARKED) && instance.parked() != null ? silent(instance) : instance);
  }

  private static Instance silent(Instance instance) {
    return new Instance(
        instance.id(),
        instance.phase(),
        instance.reason(),
        null,
        instance.actions(),
        instance.compensations(),
        instance.unread());
  }

  private static Row copy(
      Row row, int revision, @Nullable Instant wakeAt, Instant readAt, Instance instance) {
    return new Row(
        row.id(),
        row.type(),
        row.version(),
        row.businessKey(),
        row.traceparent(),
        row.data(),
        revision,
        wakeAt,
        readAt,
        instance);
  }
}
