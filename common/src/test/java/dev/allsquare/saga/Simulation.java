package dev.allsquare.saga;

import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.message.Uuid7;
import dev.allsquare.message.Verdict;
import dev.allsquare.saga.Purchases.Purchase;
import dev.allsquare.saga.SimulatedWorld.Deeds;
import dev.allsquare.testing.Guard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A seed's way through a bad world. Everything that happens is drawn from the seed: which sagas,
 * which faults, who is next. In the end all faults are over, and then every promise has to be kept.
 */
final class Simulation {

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(4),
          Duration.ofSeconds(15),
          Duration.ofSeconds(40));

  private static final List<Duration> JUMPS =
      List.of(Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofMinutes(-5));

  /** What participants are like, a whole life long. */
  private static final List<List<Deeds>> MOODS =
      List.of(
          List.of(Deeds.DO),
          List.of(Deeds.DO, Deeds.DO, Deeds.REFUSE),
          List.of(Deeds.DO, Deeds.BREAK, Deeds.BREAK, Deeds.BREAK),
          List.of(Deeds.DO, Deeds.ANSWER_LATER),
          List.of(Deeds.DO, Deeds.DO, Deeds.DO, Deeds.REFUSE, Deeds.BREAK, Deeds.ANSWER_LATER));

  private final SplittableRandom random;
  private final SimulatedWorld world;
  private final List<UUID> sagas = new ArrayList<>();
  private final double loss;
  private final List<Deeds> mood;
  private final Set<String> refused;
  private int failuresLeft;
  private final boolean jumps;

  Simulation(long seed, Set<Guard> off, Story story) {
    this.random = new SplittableRandom(seed);
    var saga = new RandomSagas(random).next();
    this.world = new SimulatedWorld(saga, off, story);
    this.loss = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.5;
    this.mood = any(MOODS);
    this.refused =
        random.nextInt(3) == 0
            ? saga.pivot().map(Step::name).map(Set::of).orElse(Set.of())
            : Set.of();
    this.jumps = random.nextInt(4) == 0;
    world.copies(_ -> random.nextDouble() < loss ? 0 : random.nextInt(5) == 0 ? 2 : 1);
    world.handler(command -> refuses(command) ? Deeds.REFUSE : any(mood));
    int count = random.nextInt(3) == 0 ? 2 : 1;
    for (int i = 0; i < count; i++) {
      sagas.add(world.start(new Purchase("tea"), "saga " + i + " of " + seed));
    }
  }

  private boolean refuses(Message command) {
    return refused.contains(SimulatedWorld.saga(command).step());
  }

  /** No and a few failures more are no faults. */
  private Deeds soundly(Message command) {
    if (refuses(command)) {
      return Deeds.REFUSE;
    }
    return failuresLeft-- > 0 ? Deeds.BREAK : Deeds.DO;
  }

  /** Lives it through, and says how its sagas ended. */
  List<Phase> toTheEnd() throws InterruptedException {
    int length = random.nextInt(64) == 0 ? 400 : 20 + random.nextInt(70);
    for (int i = 0; i < length; i++) {
      step();
    }
    failuresLeft = mood.contains(Deeds.BREAK) ? random.nextInt(8) : 0;
    new Healing(world, this::soundly).toTheEnd();
    sagas.forEach(id -> world.promises.kept(world.sagas.instance(id)));
    return sagas.stream().map(id -> world.sagas.instance(id).phase()).toList();
  }

  private void step() throws InterruptedException {
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3 -> world.look(any(world.hosts));
      case 4, 5, 6 -> world.hear(any(world.hosts));
      case 7, 8, 9 -> send();
      case 10, 11, 12 -> handle();
      case 13, 14, 15 -> judge();
      case 16, 17, 18 -> endTransaction();
      case 19, 20 -> world.pass(any(PAUSES));
      case 21 -> world.sweep();
      default -> oddity();
    }
  }

  private void send() {
    if (!world.inFlight.isEmpty()) {
      var sending = any(world.inFlight);
      switch (random.nextInt(8)) {
        case 0 -> world.fail(sending);
        case 1 -> world.failForNow(sending);
        case 2 -> world.arriveUnacknowledged(sending);
        default -> world.acknowledge(sending);
      }
    }
  }

  private void handle() {
    if (!world.commands.isEmpty()) {
      world.handle(some(world.commands));
    }
  }

  private void judge() {
    if (!world.replies.isEmpty()) {
      world.judge(some(world.replies));
    }
  }

  private void endTransaction() {
    if (!world.open.isEmpty()) {
      var transaction = any(world.open);
      if (random.nextInt(6) == 0) {
        world.rollback(transaction);
      } else {
        world.commit(transaction);
      }
    }
  }

  private void oddity() {
    switch (random.nextInt(8)) {
      case 0 -> world.kill(random.nextInt(world.hosts.size()));
      case 1 -> {
        if (jumps) {
          world.jump(any(JUMPS));
        }
      }
      case 2 -> {
        if (!world.ghosts.isEmpty()) {
          world.arrive(takeAny(world.ghosts));
        }
      }
      case 3 -> {
        if (random.nextInt(2) == 0) {
          world.demand(any(sagas), new Event.TurnRound("CANCELLED"));
        }
      }
      case 4, 5 -> world.pending().forEach(id -> world.answerLate(id, random.nextBoolean()));
      case 6 -> repair();
      default -> stray();
    }
  }

  private void repair() {
    var id = any(sagas);
    if (world.sagas.instance(id).parked() != null) {
      world.demand(id, new Event.Repaired(any(Repair.values()), "ann", "because"));
    }
  }

  /** Somebody answers a command that nobody gave. */
  private void stray() {
    if (!world.commands.isEmpty()) {
      world.replies.add(stray(any(world.commands)));
    }
  }

  private Message stray(Message command) {
    var saga = SimulatedWorld.saga(command);
    var id = Uuid7.derived(command.time(), "stray " + random.nextLong());
    return new Message(
        id,
        saga.replyTo(),
        command.key(),
        Reply.TYPE,
        "nobody",
        null,
        command.time(),
        Json.write(new Reply(any(Verdict.values()), "NO")),
        saga,
        id,
        null);
  }

  private List<Message> some(List<Message> bag) {
    var taken = new ArrayList<Message>();
    for (int i = random.nextInt(3); i >= 0 && !bag.isEmpty(); i--) {
      taken.add(takeAny(bag));
    }
    return taken;
  }

  private <T> T takeAny(List<T> bag) {
    return bag.remove(random.nextInt(bag.size()));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
