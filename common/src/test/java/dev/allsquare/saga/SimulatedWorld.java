package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.outbox.SimulatedOutbox;
import dev.allsquare.participant.Answer;
import dev.allsquare.participant.SimulatedParticipant;
import dev.allsquare.saga.Effects.Deed;
import dev.allsquare.testing.Guard;
import dev.allsquare.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * A service with sagas and one with the participants, each with its database and two relays, and a
 * log between them, all in memory and in one thread. Nothing happens by itself: whoever holds the
 * world says what is next. So every run can be had again, and anything may happen between any two
 * steps.
 */
final class SimulatedWorld {

  static final Pacing PACING = Dialogue.PACING;

  private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");

  /** What a handler does about a command. */
  enum Deeds {
    DO,
    REFUSE,
    BREAK,
    ANSWER_LATER
  }

  private static final class Broken extends RuntimeException {}

  /** A record on its way to the log. */
  record Sending(SimulatedHost host, Message message, CompletableFuture<Void> acknowledgement) {}

  /** An open transaction. */
  record Open(Supplier<String> what, Runnable commit, Runnable rollback) {}

  final Effects effects = new Effects();
  final Promises promises;
  final SettableClock clock = new SettableClock(BEGIN);
  final SimulatedSagas sagas;
  final List<SimulatedHost> hosts = new ArrayList<>();
  final List<Sending> inFlight = new ArrayList<>();
  final List<Sending> ghosts = new ArrayList<>();
  final List<Message> commands = new ArrayList<>();
  final List<Message> replies = new ArrayList<>();
  final List<Open> open = new ArrayList<>();
  private final List<Message> log = new ArrayList<>();
  private final Saga<?> saga;
  private final Set<Guard> off;
  private final SimulatedOutbox orderOutbox;
  private final SimulatedOutbox participantOutbox;
  private final SimulatedParticipant participant;
  private final Story story;
  private Function<Message, Deeds> handler = _ -> Deeds.DO;
  private ToIntFunction<Message> copies = _ -> 1;
  private long nanos;
  private long steps;
  private boolean jumped;

  SimulatedWorld(Saga<?> saga, Set<Guard> off, Story story) {
    this.saga = saga;
    this.off = off;
    this.story = story;
    this.promises = new Promises(saga, PACING, effects);
    this.sagas = new SimulatedSagas(saga, PACING, clock::instant, off);
    this.participant = new SimulatedParticipant(clock, off);
    this.orderOutbox = new SimulatedOutbox(clock::instant, off);
    this.participantOutbox = new SimulatedOutbox(clock::instant, off);
    for (var outbox : List.of(orderOutbox, orderOutbox, participantOutbox, participantOutbox)) {
      hosts.add(new SimulatedHost(this, outbox, "host " + hosts.size(), off));
    }
  }

  /** How commands are handled from now on. */
  void handler(Function<Message, Deeds> how) {
    handler = how;
  }

  /** How often what the log has is delivered from now on. */
  void copies(ToIntFunction<Message> howOften) {
    copies = howOften;
  }

  long nanoTime() {
    return nanos;
  }

  <D> UUID start(D data, String name) {
    var id = Uuid7.derived(BEGIN, name);
    var started = sagas.start(id, data);
    var rows = draw(started.messages());
    commit(started, rows, Set.of());
    rows.forEach(row -> orderOutbox.insert(row.seq(), row.message()));
    return id;
  }

  // The log

  void sent(Sending sending) {
    var host = sending.host();
    promises.note(
        inFlight.stream().noneMatch(other -> other.host() == host && isSameKey(other, sending)),
        "5: two records of a key are on their way");
    promises.note(
        jumped || host.outbox().isLeasedBy(host.process(), sending.message()),
        "5: sent by a relay that has no lease");
    inFlight.add(sending);
  }

  private static boolean isSameKey(Sending one, Sending other) {
    return one.message().topic().equals(other.message().topic())
        && one.message().key().equals(other.message().key());
  }

  /** A relay's process looks what is to be sent. */
  void look(SimulatedHost host) {
    host.relay().look();
    promises.raise();
  }

  /** A relay's process hears what became of one send, and says whether there was one. */
  boolean hear(SimulatedHost host) throws InterruptedException {
    boolean heard = host.relay().hear();
    promises.raise();
    return heard;
  }

  /** The log takes the record and says so. */
  void acknowledge(Sending sending) {
    inFlight.remove(sending);
    arrive(sending);
    sending.acknowledgement().complete(null);
  }

  /** The log takes the record, and the acknowledgement is lost. */
  void arriveUnacknowledged(Sending sending) {
    arrive(sending);
    fail(sending);
  }

  /** The record is given up, and may still arrive. */
  void failForNow(Sending sending) {
    ghosts.add(sending);
    fail(sending);
  }

  void fail(Sending sending) {
    inFlight.remove(sending);
    story.tell(() -> "not acknowledged: " + words(sending.message()));
    if (off.contains(Guard.FAILED_SEND)) {
      sending.acknowledgement().complete(null);
    } else {
      sending.acknowledgement().completeExceptionally(new IllegalStateException("the log is away"));
    }
  }

  void arrive(Sending sending) {
    var message = sending.message();
    story.tell(() -> sending.host().process() + " brought to the log: " + words(message));
    promises.arrived(sending.host().outbox(), message);
    log.add(message);
    steps++;
    deliver(message, copies.applyAsInt(message));
  }

  /** Hands it to its consumer so many times. */
  void deliver(Message message, int times) {
    for (int i = 0; i < times; i++) {
      (message.topic().equals(saga.replyTopic()) ? replies : commands).add(message);
    }
  }

  /** Everything that ever was in the log is delivered once more. */
  void replay() {
    log.forEach(message -> deliver(message, 1));
  }

  // The participants

  void handle(List<Message> batch) {
    var deeds = new ArrayList<Deed>();
    var later = new HashSet<Deed>();
    try {
      var handled = participant.open(batch, command -> answer(command, deeds, later));
      opened(() -> "handle " + words(batch), handled, batch, deeds);
    } catch (Broken e) {
      if (batch.size() == 1) {
        opened(() -> "bury " + words(batch), participant.bury(batch.getFirst()), batch, List.of());
      } else {
        batch.forEach(command -> handle(List.of(command)));
      }
    }
  }

  private Answer answer(Message command, List<Deed> deeds, Set<Deed> later) {
    var deed = Deed.of(saga(command));
    var action = deed.undone();
    boolean isUndo = deed.direction() == Direction.COMPENSATION;
    boolean isUnknown =
        later.contains(action) || participant.isPending(action.saga(), action.step());
    return switch (isUndo && isUnknown ? Deeds.ANSWER_LATER : handler.apply(command)) {
      case DO -> {
        if (!isUndo || deeds.contains(action) || effects.stands(deed.saga(), deed.step())) {
          deeds.add(deed);
        }
        yield Answer.done();
      }
      case REFUSE -> Answer.refused("NO");
      case BREAK -> throw new Broken();
      case ANSWER_LATER -> {
        later.add(deed);
        yield Answer.later();
      }
    };
  }

  private void opened(
      Supplier<String> what,
      SimulatedParticipant.Batch batch,
      List<Message> from,
      List<Deed> deeds) {
    var told = batch.replies();
    if (off.contains(Guard.EFFECT_IN_TRANSACTION)) {
      deeds.forEach(effects::add);
    }
    if (off.contains(Guard.OUTBOX_IN_TRANSACTION)) {
      insert(participantOutbox, told);
    }
    open(
        what,
        () -> {
          if (!batch.commit()) {
            story.tell(() -> "lost race");
            commands.addAll(from);
            return;
          }
          if (!off.contains(Guard.EFFECT_IN_TRANSACTION)) {
            deeds.forEach(effects::add);
          }
          if (!off.contains(Guard.OUTBOX_IN_TRANSACTION)) {
            tell(participantOutbox, told);
          }
        },
        () -> commands.addAll(from));
  }

  /** The outcome of a step that was answered later is known now. */
  void answerLate(UUID commandId, boolean isDone) {
    var waiting = participant.sagaOf(commandId);
    if (waiting != null) {
      answerLate(commandId, Deed.of(waiting), isDone);
    }
  }

  private void answerLate(UUID commandId, Deed deed, boolean isDone) {
    boolean isUndo = deed.direction() == Direction.COMPENSATION;
    if (isUndo && participant.isPending(deed.saga(), deed.step())) {
      return;
    }
    boolean acts = isUndo ? effects.stands(deed.saga(), deed.step()) : isDone;
    var answer = isUndo || isDone ? Answer.done() : Answer.refused("NO");
    var told = participant.answerLate(commandId, answer);
    if (acts && !told.isEmpty()) {
      effects.add(deed);
    }
    tell(participantOutbox, told);
  }

  List<UUID> pending() {
    return participant.pending();
  }

  // The orchestrator

  void judge(List<Message> batch) {
    if (sagas.areFree(batch)) {
      var opened = sagas.open(batch);
      opened(() -> "judge " + words(batch), opened, () -> replies.addAll(batch));
    } else {
      replies.addAll(batch);
    }
  }

  void sweep() {
    opened(() -> "sweep", sagas.sweep(10, orderOutbox::stillWaiting), () -> {});
  }

  void demand(UUID id, Event event) {
    if (sagas.isFree(id)) {
      opened(event::toString, sagas.demand(id, event), () -> {});
    }
  }

  private void opened(Supplier<String> what, SimulatedSagas.Transaction opened, Runnable again) {
    var inOutbox = orderOutbox.stillWaiting(awaited(opened));
    var rows = draw(opened.messages());
    if (off.contains(Guard.OUTBOX_IN_TRANSACTION)) {
      rows.forEach(row -> orderOutbox.insert(row.seq(), row.message()));
    }
    open(
        what,
        () -> {
          if (!commit(opened, rows, inOutbox)) {
            again.run();
          }
        },
        () -> {
          opened.rollback();
          again.run();
        });
  }

  private static Set<UUID> awaited(SimulatedSagas.Transaction opened) {
    var ids = new HashSet<UUID>();
    opened.changes().forEach(c -> c.before().instance().awaited().forEach(ids::add));
    return ids;
  }

  /** A row that has its number, drawn under its saga's lock. */
  private record Numbered(long seq, Message message) {}

  private List<Numbered> draw(List<Message> messages) {
    return messages.stream().map(message -> new Numbered(orderOutbox.draw(), message)).toList();
  }

  private boolean commit(
      SimulatedSagas.Transaction decided, List<Numbered> rows, Set<UUID> inOutbox) {
    if (!decided.commit()) {
      return false;
    }
    decided.changes().forEach(change -> tellOf(change));
    decided.changes().forEach(change -> promises.decided(change, inOutbox));
    for (var row : rows) {
      promises.committed(orderOutbox, row.seq(), row.message());
      if (!off.contains(Guard.OUTBOX_IN_TRANSACTION)) {
        orderOutbox.insert(row.seq(), row.message());
      }
    }
    return true;
  }

  private void tellOf(Change change) {
    story.tell(() -> "  " + change.chapter().entries() + " -> " + change.after().state());
  }

  private void tell(SimulatedOutbox outbox, List<Message> messages) {
    for (var message : messages) {
      long seq = outbox.draw();
      promises.committed(outbox, seq, message);
      outbox.insert(seq, message);
    }
  }

  private static void insert(SimulatedOutbox outbox, List<Message> messages) {
    messages.forEach(message -> outbox.insert(outbox.draw(), message));
  }

  // Transactions, time, the end

  private void open(Supplier<String> what, Runnable commit, Runnable rollback) {
    story.tell(() -> "open: " + what.get());
    steps++;
    open.add(new Open(what, commit, rollback));
  }

  void commit(Open transaction) {
    open.remove(transaction);
    story.tell(() -> "commit: " + transaction.what().get());
    transaction.commit().run();
  }

  void rollback(Open transaction) {
    open.remove(transaction);
    story.tell(() -> "crash: " + transaction.what().get());
    transaction.rollback().run();
  }

  void pass(Duration time) {
    clock.advance(time);
    nanos += time.toNanos();
    story.tell(() -> "time: " + clock.instant());
  }

  /** The databases' clock alone is set. */
  void jump(Duration time) {
    jumped = true;
    clock.advance(time);
    story.tell(() -> "the clock jumps to " + clock.instant());
  }

  /** A process is killed, and another one takes its place. */
  void kill(int host) {
    story.tell(() -> "killed: " + hosts.get(host).process());
    for (var sending : List.copyOf(inFlight)) {
      if (sending.host() == hosts.get(host)) {
        inFlight.remove(sending);
        ghosts.add(sending);
      }
    }
    hosts.set(host, hosts.get(host).again());
  }

  /** How much has happened so far: it stands still when only time helps. */
  long steps() {
    return steps;
  }

  /** Whether nothing is under way any more. */
  boolean isQuiet() {
    return orderOutbox.isEmpty()
        && participantOutbox.isEmpty()
        && inFlight.isEmpty()
        && commands.isEmpty()
        && replies.isEmpty()
        && open.isEmpty();
  }

  /** Whether every saga has ended. */
  boolean isOver() {
    return sagas.ids().stream().allMatch(id -> sagas.instance(id).phase().ended());
  }

  static SagaContext saga(Message message) {
    return Objects.requireNonNull(message.saga());
  }

  private static String words(List<Message> messages) {
    return messages.stream().map(SimulatedWorld::words).toList().toString();
  }

  private static String words(Message message) {
    var saga = saga(message);
    return (message.type().equals(Reply.TYPE) ? "reply to " : "")
        + (saga.direction() == Direction.COMPENSATION ? "undo " : "")
        + saga.step()
        + " "
        + (message.causationId() == null ? "" : message.payload())
        + " of "
        + saga.sagaId().toString().substring(24);
  }
}
