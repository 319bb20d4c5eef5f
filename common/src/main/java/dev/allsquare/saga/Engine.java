package dev.allsquare.saga;

import dev.allsquare.logging.LogContext;
import dev.allsquare.message.Message;
import dev.allsquare.outbox.Outbox;
import dev.allsquare.saga.SagaTable.Chapter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Locks sagas, and writes what was decided about them, a statement per table. */
final class Engine {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private final Definitions definitions;
  private final Replicas replicas;
  private final Endings endings;
  private final SagaTable table;
  private final Outbox outbox;
  private final Letters letters;
  private final Pacing pacing;
  private final SagaMetrics metrics;

  Engine(
      Definitions definitions,
      Replicas replicas,
      Endings endings,
      SagaTable table,
      Outbox outbox,
      Letters letters,
      Pacing pacing,
      SagaMetrics metrics) {
    this.definitions = definitions;
    this.replicas = replicas;
    this.endings = endings;
    this.table = table;
    this.outbox = outbox;
    this.letters = letters;
    this.pacing = pacing;
    this.metrics = metrics;
  }

  /** Locks these sagas until the transaction ends, in the order of their ids. */
  Work lock(Collection<UUID> sagas) {
    return new Work(definitions, replicas::know, pacing, letters, table.lock(sagas));
  }

  /** Locks sagas that are due, as many as the limit says, and waits for nobody. */
  Work lockDue(int limit) {
    return new Work(definitions, replicas::know, pacing, letters, table.lockDue(limit));
  }

  /** Writes new sagas, the first transition of each included. */
  void insert(Saga<?> saga, List<Row> fresh) {
    var rows = new ArrayList<Row>();
    var chapters = new ArrayList<Chapter>();
    var messages = new ArrayList<Message>();
    for (var row : fresh) {
      var now = row.readAt();
      var decision = Transition.decide(saga, pacing, row.instance(), new Event.Started(), now);
      rows.add(row.with(decision.next()));
      chapters.add(new Chapter(row.id(), 0, decision.history()));
      messages.addAll(letters.write(saga, row, decision.commands(), now, null));
    }
    table.insert(rows);
    table.remember(chapters);
    outbox.append(messages);
  }

  /** It waits for people: they read logs, too. */
  private static void tellParked(Row row) {
    try (var _ = LogContext.of(row.id(), row.businessKey(), row.traceparent())) {
      log.warn("{} is parked: {}", row.type(), row.instance().parked());
    }
  }

  /** Writes what became of the locked sagas, and tells of those that ended. */
  void save(Work work) {
    var changed = work.changes().stream().filter(Change::isToBeWritten).toList();
    if (changed.isEmpty()) {
      return;
    }
    table.update(changed.stream().map(Change::after).toList());
    var chapters =
        changed.stream().map(Change::chapter).filter(c -> !c.entries().isEmpty()).toList();
    if (!chapters.isEmpty()) {
      table.remember(chapters);
    }
    outbox.append(changed.stream().flatMap(change -> change.messages().stream()).toList());
    var ended = changed.stream().filter(Change::isEnded).map(Change::after).toList();
    changed.stream().filter(Change::isParked).map(Change::after).forEach(Engine::tellParked);
    endings.tell(ended);
    metrics.ended(ended);
  }
}
