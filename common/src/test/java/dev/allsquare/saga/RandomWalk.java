package dev.allsquare.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Uuid7;
import dev.allsquare.saga.Entry.What;
import dev.allsquare.saga.Saga.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One saga's way through a bad world. */
final class RandomWalk {

  private static final int LONGEST = 2_000;

  private final long seed;
  private final Random random;
  private final Saga<?> saga;
  private final World world;
  private final double loss;
  private final List<Command> outbox = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();
  private final List<World.Answer> answers = new ArrayList<>();
  private final List<Command> everSent = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private Instance instance;
  private Instant now = Instant.parse("2026-06-01T12:00:00Z");

  RandomWalk(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.saga = new RandomSagas(random).next();
    double trouble = random.nextInt(4) == 0 ? 5 : random.nextDouble();
    this.world = new World(random, chance -> chance * trouble);
    this.loss = random.nextInt(5) == 0 ? 0.9 : random.nextDouble() * 0.5;
    this.instance =
        Instance.fresh(Uuid7.derived(Instant.parse("2026-06-01T12:00:00Z"), "walk " + seed));
  }

  String end() {
    return instance.parked() == null
        ? instance.phase().name()
        : "PARKED " + (instance.phase() == Phase.RUNNING ? "forward" : "back");
  }

  void toTheEnd() {
    try {
      on(new Event.Started());
      int steps = 0;
      while (!instance.phase().ended() && instance.parked() == null) {
        assertThat(steps++).as("it ends or parks, and does not go on for ever").isLessThan(LONGEST);
        step();
      }
      drain();
      judge();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + String.join("\n", story), e);
    }
  }

  private void step() {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> relay();
      case 3, 4, 5 -> participate();
      case 6, 7, 8 -> reply();
      case 9, 10 -> pass(random.nextInt(30));
      default -> {
        if (random.nextInt(20) == 0) {
          on(new Event.TurnRound("CANCELLED"));
        }
      }
    }
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
    on(new Event.Tick(outbox.stream().map(Command::id).collect(Collectors.toSet()), Set.of()));
  }

  private void relay() {
    if (!outbox.isEmpty()) {
      // One saga's commands keep their order up to the log; what comes after may not.
      travel(outbox.removeFirst(), commands);
    }
  }

  private void participate() {
    if (!commands.isEmpty()) {
      travel(world.handle(any(commands), saga), answers);
    }
  }

  private void reply() {
    if (!answers.isEmpty()) {
      reply(any(answers));
    }
  }

  private void reply(World.Answer answer) {
    var command = answer.command();
    on(
        new Event.Replied(
            command.step(),
            command.direction(),
            command.id(),
            answer.verdict(),
            World.reason(answer.verdict())));
  }

  /** Lost, delivered once, or delivered again and again. */
  private <T> void travel(T message, List<T> to) {
    if (random.nextDouble() >= loss) {
      to.add(message);
      if (random.nextInt(4) == 0) {
        to.add(message);
      }
    }
  }

  private <T> T any(List<T> messages) {
    return messages.remove(random.nextInt(messages.size()));
  }

  private void on(Event event) {
    var before = instance;
    var decision = Transition.decide(saga, Dialogue.PACING, instance, event, now);
    instance = decision.next();
    outbox.addAll(decision.commands());
    everSent.addAll(decision.commands());
    story.add(now + " " + event + " " + decision.outcome() + " " + decision.history());
    decision.history().stream()
        .filter(entry -> entry.what() == What.COMMANDED)
        .forEach(entry -> guard(before, entry));
    decision.history().stream()
        .filter(entry -> entry.what() == What.TIMED_OUT)
        .forEach(entry -> neverWhileInTheOutbox(before, entry));
  }

  private void guard(Instance before, Entry entry) {
    var place = saga.place(String.valueOf(entry.step()));
    assertThat(place).isNotNull();
    if (place == null || entry.direction() == Direction.ACTION) {
      assertThat(before.compensations()).as("no way forward once it turned").isEmpty();
      return;
    }
    assertThat(place.kind())
        .as("only compensatable steps are undone")
        .isEqualTo(Kind.COMPENSATABLE);
    assertThat(before.actions().keySet().contains(place.step().name()))
        .as("what was never commanded is never undone")
        .isTrue();
    assertThat(world.standing()).as("the pivot is not done").doesNotContain(pivot());
    var later = saga.groups().reversed().iterator();
    for (var group = later.next();
        !group.steps().stream().map(Step::name).toList().contains(place.step().name());
        group = later.next()) {
      assertThat(group.steps())
          .as("groups are undone in reverse order")
          .allMatch(step -> !world.standing().contains(step.name()) || !isUndoable(step));
    }
  }

  private void neverWhileInTheOutbox(Instance before, Entry entry) {
    var direction = entry.direction() == null ? Direction.ACTION : entry.direction();
    var leg = before.legs(direction).get(String.valueOf(entry.step()));
    assertThat(leg).isNotNull();
    if (leg != null) {
      Set<UUID> waiting = outbox.stream().map(Command::id).collect(Collectors.toSet());
      assertThat(waiting).as("still in the outbox").doesNotContain(leg.ids().getLast());
    }
  }

  /** Everything that was ever sent arrives once more, and every answer too. */
  private void drain() {
    if (instance.parked() == null) {
      var state = instance.phase();
      for (var command : List.copyOf(everSent)) {
        reply(world.handle(command, saga));
      }
      assertThat(instance.phase()).as("an end is an end").isEqualTo(state);
    }
  }

  private void judge() {
    var standing = world.standing();
    switch (end()) {
      case "COMPLETED" -> {
        assertThat(standing).as("everything is done").containsAll(steps());
        assertThat(world.effects()).as("once").doesNotHaveDuplicates().hasSameSizeAs(steps());
      }
      case "COMPENSATED" ->
          assertThat(standing)
              .as("everything that can be undone is undone, and will stay so")
              .noneMatch(this::isUndoable)
              .doesNotContain(pivot());
      default -> {
        assertThat(instance.waitingFor()).as("it says what it waits for").isNotEmpty();
        assertThat(instance.dueAt()).as("the sweep has nothing to do").isNull();
        if (instance.phase() == Phase.RUNNING) {
          assertThat(world.effects()).as("nothing is undone").noneMatch(e -> e.startsWith("undo"));
        } else {
          assertThat(standing).as("not both ways at once").doesNotContain(pivot());
        }
      }
    }
  }

  private List<String> steps() {
    return saga.groups().stream()
        .flatMap(group -> group.steps().stream())
        .map(step -> step.name())
        .toList();
  }

  private String pivot() {
    return saga.pivot().map(step -> step.name()).orElse("no pivot");
  }

  private boolean isUndoable(String step) {
    var place = saga.place(step);
    return place != null && isUndoable(place.step());
  }

  private static boolean isUndoable(Step<?> step) {
    return step.compensation() != null;
  }
}
