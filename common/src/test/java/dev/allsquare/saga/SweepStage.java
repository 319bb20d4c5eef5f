package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.saga.SimulatedWorld.Deeds;
import dev.allsquare.saga.SimulatedWorld.Sending;
import dev.allsquare.testing.Guard;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One saga in a sound world, where only what the script says goes wrong. Messages flow one by one,
 * time passes when the script says so.
 */
final class SweepStage {

  /** What goes wrong with a message the first time it is met; only holding back lasts. */
  enum Fault {
    IS_LOST("is lost"),
    COMES_TWICE("comes twice"),
    IS_HELD("comes late"),
    CRASH_BEFORE_COMMIT("finds a consumer that crashes before its commit"),
    CRASH_AFTER_COMMIT("finds a consumer that crashes after its commit"),
    ACKNOWLEDGEMENT_LOST("is not acknowledged, although the log has it"),
    RELAY_CRASH("is sent by a relay that crashes");

    final String words;

    Fault(String words) {
      this.words = words;
    }
  }

  /** A command, or the reply to it. */
  record Cue(String step, Direction direction, boolean isReply) {

    static Cue of(Message message) {
      var saga = SimulatedWorld.saga(message);
      return new Cue(saga.step(), saga.direction(), message.type().equals(Reply.TYPE));
    }

    @Override
    public String toString() {
      return (isReply ? "the reply to " : "")
          + (direction == Direction.COMPENSATION ? "undo " : "")
          + step;
    }
  }

  private static final int LONGEST = 200;

  private final SimulatedWorld world;
  private final UUID id;
  private final Map<Cue, Fault> faults = new HashMap<>();
  private final Map<Cue, Deque<Deeds>> deeds = new HashMap<>();
  private final List<Message> held = new ArrayList<>();

  <D> SweepStage(Saga<D> saga, D data, Set<Guard> off, Story story) {
    world = new SimulatedWorld(saga, off, story);
    world.handler(this::deed);
    id = world.start(data, "sweep");
  }

  private Deeds deed(Message command) {
    var planned = deeds.get(Cue.of(command));
    return planned == null || planned.isEmpty() ? Deeds.DO : planned.removeFirst();
  }

  SweepStage fault(Cue cue, Fault fault) {
    faults.put(cue, fault);
    return this;
  }

  /** What its handler does the first times; afterwards it does as it is told. */
  SweepStage deeds(Cue command, List<Deeds> inOrder) {
    deeds.put(command, new ArrayDeque<>(inOrder));
    return this;
  }

  /** Lets all messages flow that are not held back. */
  SweepStage flow() throws InterruptedException {
    long before = -1;
    for (int i = 0; i < LONGEST && world.steps() != before; i++) {
      before = world.steps();
      for (int host = 0; host < world.hosts.size(); host++) {
        relay(host);
      }
      deliver(world.commands, message -> world.handle(List.of(message)));
      List.copyOf(world.pending()).forEach(pending -> world.answerLate(pending, true));
      deliver(world.replies, message -> world.judge(List.of(message)));
    }
    return this;
  }

  private void relay(int host) throws InterruptedException {
    world.look(world.hosts.get(host));
    do {
      for (var sending : List.copyOf(world.inFlight)) {
        send(host, sending);
      }
    } while (world.hear(world.hosts.get(host)));
  }

  private void send(int host, Sending sending) {
    var cue = Cue.of(sending.message());
    switch (faults.get(cue)) {
      case ACKNOWLEDGEMENT_LOST -> {
        faults.remove(cue);
        world.arriveUnacknowledged(sending);
      }
      case RELAY_CRASH -> {
        faults.remove(cue);
        world.arrive(sending);
        world.kill(host);
      }
      case IS_LOST, COMES_TWICE, IS_HELD, CRASH_BEFORE_COMMIT, CRASH_AFTER_COMMIT ->
          world.acknowledge(sending);
      case null -> world.acknowledge(sending);
    }
  }

  private interface Consumer {
    void open(Message message);
  }

  private void deliver(List<Message> bag, Consumer consumer) {
    var batch = List.copyOf(bag);
    bag.clear();
    batch.forEach(message -> deliver(message, bag, consumer));
  }

  private void deliver(Message message, List<Message> bag, Consumer consumer) {
    var cue = Cue.of(message);
    var fault = faults.get(cue);
    if (fault == Fault.IS_HELD) {
      held.add(message);
      return;
    }
    faults.remove(cue);
    switch (fault) {
      case IS_LOST -> {}
      case COMES_TWICE, CRASH_AFTER_COMMIT -> {
        handle(message, consumer);
        bag.add(message);
      }
      case CRASH_BEFORE_COMMIT -> {
        consumer.open(message);
        List.copyOf(world.open).forEach(world::rollback);
      }
      case IS_HELD, ACKNOWLEDGEMENT_LOST, RELAY_CRASH -> handle(message, consumer);
      case null -> handle(message, consumer);
    }
  }

  private void handle(Message message, Consumer consumer) {
    consumer.open(message);
    List.copyOf(world.open).forEach(world::commit);
  }

  /** Time passes and messages flow, until the saga is parked or turns round. */
  SweepStage untilGivenUp() throws InterruptedException {
    var before = instance().phase();
    for (int i = 0;
        i < LONGEST && instance().phase() == before && instance().parked() == null;
        i++) {
      pass(5);
    }
    Promises.require(
        instance().phase() != before || instance().parked() != null, "4: it is never given up");
    return this;
  }

  SweepStage pass(int seconds) throws InterruptedException {
    world.pass(Duration.ofSeconds(seconds));
    world.sweep();
    List.copyOf(world.open).forEach(world::commit);
    return flow();
  }

  SweepStage demand(Event event) {
    world.demand(id, event);
    List.copyOf(world.open).forEach(world::commit);
    return this;
  }

  /** What was held back comes at last, before anybody else does anything. */
  SweepStage release() {
    Promises.require(!held.isEmpty(), "the script holds back what is never sent");
    faults.values().removeIf(fault -> fault == Fault.IS_HELD);
    held.forEach(message -> world.deliver(message, 1));
    held.clear();
    deliver(world.commands, message -> world.handle(List.of(message)));
    deliver(world.replies, message -> world.judge(List.of(message)));
    return this;
  }

  /** Whether it went on by itself. */
  SweepStage isNotParked() {
    Promises.require(instance().parked() == null, "4: what a late reply answers stays parked");
    return this;
  }

  /** All is well again: now every promise has to be kept. */
  void end() throws InterruptedException {
    Promises.require(faults.isEmpty(), "the script's fault never happened: " + faults);
    new Healing(world, this::deed).toTheEnd();
    world.promises.kept(instance());
  }

  private Instance instance() {
    return world.sagas.instance(id);
  }
}
