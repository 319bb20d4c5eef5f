package dev.allsquare.participant;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.participant.Outcome.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of inbox and barrier for one batch, in memory: what the database knew, then what each
 * message of the batch adds. Nothing is written here.
 */
final class Judge {

  /** One message and what to tell its sender. */
  record Judged(Message command, Outcome outcome) {}

  private final Map<UUID, Outcome> inbox;
  private final Map<StepKey, Outcome> barrier;

  private final SortedMap<UUID, Judged> newInbox = new TreeMap<>();
  private final SortedMap<StepKey, Outcome> newBarrier = new TreeMap<>();
  private final Set<StepKey> reliedOnPending = new HashSet<>();
  private final List<Judged> judged = new ArrayList<>();

  Judge(Knowledge known) {
    this.inbox = new HashMap<>(known.inbox());
    this.barrier = new HashMap<>(known.barrier());
  }

  /**
   * The messages that may come to a handler: all but those that the database settles. Some of them
   * will not after all, when an earlier message of the batch settles them.
   */
  List<Message> candidates(List<Message> batch) {
    Set<StepKey> keys = new HashSet<>();
    Set<UUID> ids = new HashSet<>(inbox.keySet());
    List<Message> candidates = new ArrayList<>();
    for (Message message : batch) {
      if (ids.add(message.id())) {
        StepKey key = StepKey.of(sagaOf(message));
        keys.add(key);
        if (settled(key) == null && (!isEmpty(key) || keys.contains(key.action()))) {
          candidates.add(message);
        }
      }
    }
    return candidates;
  }

  /** Settles the next message; {@code handler} is asked only if nothing settles it already. */
  void judge(Message message, Supplier<Answer> handler) {
    Outcome known = inbox.get(message.id());
    if (known != null) {
      judged.add(new Judged(message, known));
      return;
    }
    Outcome outcome = settle(StepKey.of(sagaOf(message)), handler);
    var verdict = new Judged(message, outcome);
    inbox.put(message.id(), outcome);
    newInbox.put(message.id(), verdict);
    judged.add(verdict);
  }

  private Outcome settle(StepKey key, Supplier<Answer> handler) {
    Outcome settled = settled(key);
    if (settled != null) {
      if (settled.state() == State.PENDING && !newBarrier.containsKey(key)) {
        reliedOnPending.add(key);
      }
      return settled;
    }
    Outcome outcome = isEmpty(key) ? block(key.action()) : Outcome.of(handler.get());
    remember(key, outcome);
    return outcome;
  }

  /**
   * What was decided before, under this id or another. A refusal is not in the way of another try:
   * it changed nothing, and only a saga that was told to try again sends one.
   */
  private @Nullable Outcome settled(StepKey key) {
    Outcome before = barrier.get(key);
    if (before == null || before.state() == State.REFUSED) {
      return null;
    }
    return before.state() == State.BLOCKED ? Outcome.COMPENSATED : before;
  }

  /** Whether this is the compensation of what never happened, or was refused. */
  private boolean isEmpty(StepKey key) {
    Outcome action = barrier.get(key.action());
    return key.direction() == Direction.COMPENSATION
        && (action == null || action.state() == State.REFUSED || action.state() == State.BLOCKED);
  }

  private Outcome block(StepKey action) {
    if (!Outcome.BLOCKED.equals(barrier.get(action))) {
      remember(action, Outcome.BLOCKED);
    }
    return Outcome.DONE;
  }

  private void remember(StepKey key, Outcome outcome) {
    barrier.put(key, outcome);
    newBarrier.put(key, outcome);
  }

  /** In message order. */
  List<Judged> judged() {
    return judged;
  }

  SortedMap<UUID, Judged> newInbox() {
    return newInbox;
  }

  SortedMap<StepKey, Outcome> newBarrier() {
    return newBarrier;
  }

  /** Rows that must still be pending when this commits: second commands wait for their answer. */
  Set<StepKey> reliedOnPending() {
    return reliedOnPending;
  }

  int duplicates() {
    return judged.size() - newInbox.size();
  }

  static SagaContext sagaOf(Message message) {
    SagaContext saga = message.saga();
    if (saga == null) {
      throw new IllegalArgumentException("a command must tell the saga that sent it");
    }
    return saga;
  }
}
