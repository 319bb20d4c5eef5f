package dev.allsquare.saga;

import dev.allsquare.saga.RepairRefused.Why;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.JacksonException;

/** Repairs parked sagas, in the caller's transaction. */
public final class SagaRepairs {

  /**
   * What an operator wants done.
   *
   * @param version of the saga, as the operator saw it
   * @param data what the saga's data becomes, as JSON; absent when it stays
   */
  public record Order(
      UUID sagaId,
      Repair repair,
      int version,
      String actor,
      String reason,
      @Nullable String data) {}

  private final Definitions definitions;
  private final Engine engine;
  private final SagaTable table;

  SagaRepairs(Definitions definitions, Engine engine, SagaTable table) {
    this.definitions = definitions;
    this.engine = engine;
    this.table = table;
  }

  /**
   * Locks the saga's row until the transaction ends, so whoever locked it before has decided, and
   * repairs it if it is still as the operator saw it.
   *
   * @return the saga's data as it was, JSON
   * @throws RepairRefused when it is not, or this does not help; roll back then
   * @throws IllegalStateException outside a transaction
   */
  public String repair(Order order) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a repair and its audit are one transaction");
    }
    var before = lockAsSeen(order);
    if (order.data() != null) {
      replaceData(before, order.data());
    }
    var work = engine.lock(List.of(order.sagaId()));
    var event = new Event.Repaired(order.repair(), order.actor(), order.reason());
    var outcome = work.apply(order.sagaId(), event, null);
    if (!isFreedByWhatItReads(before, order.repair(), work)) {
      requireApplied(outcome, before, order.repair());
    }
    requireWritten(work);
    engine.save(work);
    return before.data();
  }

  private Row lockAsSeen(Order order) {
    var row =
        table.lock(List.of(order.sagaId())).stream()
            .findFirst()
            .orElseThrow(
                () -> new RepairRefused(Why.UNKNOWN_SAGA, "There is no saga " + order.sagaId()));
    if (row.revision() != order.version()) {
      throw new RepairRefused(
          Why.STALE,
          "The saga is at version %d, you saw version %d: look at it again."
              .formatted(row.revision(), order.version()));
    }
    return row;
  }

  private void replaceData(Row row, String data) {
    var saga = definitions.find(row.type(), row.version());
    if (saga == null) {
      throw unknownVersion(row);
    }
    try {
      Json.readStrictly(data, saga.data());
    } catch (JacksonException e) {
      throw new RepairRefused(Why.UNUSABLE_DATA, unreadable(row, e));
    }
    table.replaceData(row.id(), data);
  }

  private static String unreadable(Row row, JacksonException e) {
    var path =
        e.getPath().stream()
            .map(step -> String.valueOf(step.getPropertyName()))
            .collect(Collectors.joining("."));
    return "%s cannot read this data%s."
        .formatted(row.type(), path.isEmpty() ? "" : ": see " + path);
  }

  /** Replies that came to code without its version are read first, and may be all it waited for. */
  private static boolean isFreedByWhatItReads(Row before, Repair repair, Work work) {
    return (repair == Repair.RETRY || repair == Repair.RESUME)
        && hasUnread(before)
        && work.changes().stream().allMatch(change -> change.now().parked() == null);
  }

  private static boolean hasUnread(Row row) {
    return row.instance().parked() != null && !row.instance().unread().isEmpty();
  }

  private static void requireApplied(Outcome outcome, Row row, Repair repair) {
    if (outcome == Outcome.APPLIED) {
      return;
    }
    if (outcome == Outcome.PAST_PIVOT) {
      throw new RepairRefused(
          Why.PAST_PIVOT, "Its pivot command is written: from then on it only goes forward.");
    }
    if (outcome == Outcome.ENDED || outcome == Outcome.NOT_ALLOWED) {
      throw new RepairRefused(Why.NOT_POSSIBLE, whyNotPossible(row, repair));
    }
    throw unknownVersion(row);
  }

  private static String whyNotPossible(Row row, Repair repair) {
    if (row.instance().parked() == null) {
      return "The saga is " + row.state() + ", not PARKED: it needs no repair.";
    }
    if (hasUnread(row)) {
      return "Replies that nobody could read yet may make it go on: resume it.";
    }
    return switch (repair) {
      case RETRY, RESUME -> "None of its steps is stuck; resume makes it go on.";
      case SKIP -> "None of its steps is stuck, or its pivot is, which is never skipped.";
      case COMPENSATE -> "It compensates already.";
    };
  }

  private static RepairRefused unknownVersion(Row row) {
    return new RepairRefused(
        Why.UNKNOWN_VERSION,
        "No code here has version %d of %s: start one that has."
            .formatted(row.version(), row.type()));
  }

  /** Whatever suits a saga frees it, unless its commands cannot be put into words. */
  private static void requireWritten(Work work) {
    if (work.changes().stream().anyMatch(change -> change.now().parked() != null)) {
      throw new RepairRefused(
          Why.UNUSABLE_DATA,
          "No command can be made of the saga's data: something in it is missing or wrong.");
    }
  }
}
