package dev.allsquare.participant;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.participant.Judge.Judged;
import dev.allsquare.participant.Outcome.State;
import dev.allsquare.testing.Guard;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A participant's inbox and barrier in memory. Who is asked and what is remembered is decided by
 * the real {@link Judge}, replies are written by the real {@link Replies}; the tables keep the
 * contract of {@link Records} and {@link LateAnswers}, whose SQL is for the tests on a real
 * database: unique keys, only a refusal is replaced, a row count short of the expected one is a
 * lost race.
 */
public final class SimulatedParticipant {

  private record Known(Outcome outcome, @Nullable ReplyAddress pending) {}

  private final Map<UUID, Known> inbox = new LinkedHashMap<>();
  private final Map<StepKey, Outcome> barrier = new HashMap<>();
  private final Replies replies;
  private final Set<Guard> off;

  /** One that has seen nothing yet, with these guards switched off. */
  public SimulatedParticipant(Clock clock, Set<Guard> off) {
    this.replies = new Replies(clock, "participant");
    this.off = off;
  }

  /** A batch that was handled; nothing of it is true before it is committed. */
  public final class Batch {

    private final List<Judged> judged;
    private final Map<UUID, Judged> newInbox;
    private final Map<StepKey, Outcome> newBarrier;
    private final Set<StepKey> reliedOnPending;

    private Batch(Judge judge) {
      this.judged = judge.judged();
      this.newInbox = judge.newInbox();
      this.newBarrier = judge.newBarrier();
      this.reliedOnPending = judge.reliedOnPending();
    }

    private Batch(Judged broken) {
      this.judged = List.of(broken);
      this.newInbox = Map.of(broken.command().id(), broken);
      this.newBarrier = Map.of();
      this.reliedOnPending = Set.of();
    }

    /** What is told if this commits. */
    public List<Message> replies() {
      return judged.stream()
          .flatMap(it -> replies.to(ReplyAddress.of(it.command()), it.outcome()).stream())
          .toList();
    }

    /** Writes it, unless somebody else decided one of these things meanwhile: then says so. */
    public boolean commit() {
      if (isLostRace() && !off.contains(Guard.LOST_RACE)) {
        return false;
      }
      newInbox.values().forEach(SimulatedParticipant.this::remember);
      newBarrier.forEach(SimulatedParticipant.this::remember);
      return true;
    }

    private boolean isLostRace() {
      return newInbox.keySet().stream().anyMatch(inbox::containsKey)
          || newBarrier.keySet().stream().anyMatch(key -> !mayBeWritten(key))
          || reliedOnPending.stream().anyMatch(key -> !Outcome.PENDING.equals(barrier.get(key)));
    }
  }

  /** Handles the batch: the handler is asked about what inbox and barrier do not settle. */
  public Batch open(List<Message> batch, Function<Message, Answer> handler) {
    var judge = new Judge(new Knowledge(knownIds(), barrier));
    for (var message : batch) {
      judge.judge(message, () -> handler.apply(message));
    }
    return new Batch(judge);
  }

  /** What becomes of a command that breaks its handler: a dead letter, answered FAILED. */
  public Batch bury(Message broken) {
    return new Batch(new Judged(broken, Outcome.FAILED));
  }

  /** The commands whose answer was put off. */
  public List<UUID> pending() {
    return inbox.entrySet().stream()
        .filter(row -> row.getValue().pending() != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether the answer of this step, as such, was put off. */
  public boolean isPending(UUID sagaId, String step) {
    return Outcome.PENDING.equals(barrier.get(new StepKey(sagaId, step, Direction.ACTION)));
  }

  /** Which step waits for the answer of this command; null when none does any more. */
  public @Nullable SagaContext sagaOf(UUID commandId) {
    var known = inbox.get(commandId);
    var address = known == null ? null : known.pending();
    return address == null ? null : address.saga();
  }

  /** Answers the command, and all that wait for the same; the replies, none if it was answered. */
  public List<Message> answerLate(UUID commandId, Answer answer) {
    var key = StepKey.of(Objects.requireNonNull(sagaOf(commandId)));
    boolean isFirst = Outcome.PENDING.equals(barrier.get(key));
    if (!isFirst && !off.contains(Guard.LATE_ANSWER)) {
      return List.of();
    }
    var outcome = Outcome.of(answer);
    barrier.put(key, outcome);
    var told = new ArrayList<Message>();
    for (var row : inbox.entrySet()) {
      var waiting = row.getValue().pending();
      if (waiting != null && StepKey.of(waiting.saga()).equals(key)) {
        replies.to(waiting, outcome).ifPresent(told::add);
        row.setValue(new Known(outcome, off.contains(Guard.LATE_ANSWER) ? waiting : null));
      }
    }
    return told;
  }

  private Map<UUID, Outcome> knownIds() {
    var known = new HashMap<UUID, Outcome>();
    if (!off.contains(Guard.INBOX)) {
      inbox.forEach((id, row) -> known.put(id, row.outcome()));
    }
    return known;
  }

  private boolean mayBeWritten(StepKey key) {
    var known = barrier.get(key);
    return known == null || known.state() == State.REFUSED;
  }

  private void remember(Judged judged) {
    var outcome = judged.outcome();
    var pending = outcome.state() == State.PENDING ? ReplyAddress.of(judged.command()) : null;
    if (pending != null || !off.contains(Guard.INBOX)) {
      inbox.put(judged.command().id(), new Known(outcome, pending));
    }
  }

  private void remember(StepKey key, Outcome outcome) {
    boolean isForgotten =
        off.contains(Guard.BARRIER)
            || (off.contains(Guard.BLOCKED_COMMAND) && outcome.state() == State.BLOCKED);
    if (!isForgotten || outcome.state() == State.PENDING) {
      barrier.put(key, outcome);
    }
  }
}
