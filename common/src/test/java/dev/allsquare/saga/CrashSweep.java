package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.saga.Event.Repaired;
import dev.allsquare.saga.Saga.Kind;
import dev.allsquare.saga.Saga.Place;
import dev.allsquare.saga.SimulatedWorld.Deeds;
import dev.allsquare.saga.SweepStage.Cue;
import dev.allsquare.saga.SweepStage.Fault;
import dev.allsquare.testing.Guard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Breaks a saga at every step in every way there is, and checks the promises each time.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> whateverBreaksThePromisesAreKept() {
 *   return CrashSweep.of(PlaceOrderSaga.table(ofSeconds(60)), order).tests();
 * }
 * }</pre>
 *
 * <p>The saga's table, its commands, the transitions, the relays and the participants' inbox and
 * barrier are the real ones; databases and log are in memory, and the participants' handlers do as
 * the sweep says. What your own handlers do is for your own tests.
 */
public final class CrashSweep {

  /** One thing that goes wrong. */
  private record Scenario(String name, Script script) {}

  private interface Script {
    void play(SweepStage stage) throws InterruptedException;
  }

  private interface Attempt {
    void run(Scenario scenario, Set<Guard> off, Story story) throws InterruptedException;
  }

  private final Saga<?> saga;
  private final Attempt attempt;

  private CrashSweep(Saga<?> saga, Attempt attempt) {
    this.saga = saga;
    this.attempt = attempt;
  }

  /**
   * The sweep of this saga.
   *
   * @param data any; the commands are filled from it
   */
  public static <D> CrashSweep of(Saga<D> saga, D data) {
    return new CrashSweep(
        saga,
        (scenario, off, story) -> scenario.script().play(new SweepStage(saga, data, off, story)));
  }

  /** One test for each thing that can go wrong. */
  public Stream<DynamicTest> tests() {
    return scenarios().stream()
        .map(it -> DynamicTest.dynamicTest(it.name(), () -> run(it, EnumSet.noneOf(Guard.class))));
  }

  /** What breaks first without this guard; empty when nothing does. */
  String without(Guard guard) throws InterruptedException {
    for (var scenario : scenarios()) {
      try {
        attempt.run(scenario, EnumSet.of(guard), Story.untold());
      } catch (AssertionError e) {
        return scenario.name() + ": " + e.getMessage();
      }
    }
    return "";
  }

  private void run(Scenario scenario, Set<Guard> off) throws InterruptedException {
    var story = Story.told();
    try {
      attempt.run(scenario, off, story);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(scenario.name() + "\n" + story, e);
    }
  }

  private List<Scenario> scenarios() {
    var all = new ArrayList<Scenario>();
    for (var group : saga.groups()) {
      for (var step : group.steps()) {
        var place = new Place<>(group.kind(), step);
        action(all, place);
        if (step.compensation() != null) {
          compensation(all, place);
        }
      }
    }
    return all;
  }

  private void action(List<Scenario> all, Place<?> place) {
    var command = new Cue(place.step().name(), Direction.ACTION, false);
    var reply = new Cue(place.step().name(), Direction.ACTION, true);
    messages(all, command, reply, stage -> {});
    failures(all, place, command, stage -> {});
    add(all, command + " is refused", s -> s.deeds(command, List.of(Deeds.REFUSE)).flow().end());
    add(
        all,
        command + " is answered late, after the saga was to turn round",
        stage -> {
          stage.fault(reply, Fault.IS_HELD).flow();
          stage.demand(new Event.TurnRound("CANCELLED")).flow().release().flow().end();
        });
    if (place.kind() == Kind.COMPENSATABLE) {
      add(
          all,
          command + " is not answered in time, and was done all the same",
          s -> s.fault(reply, Fault.IS_HELD).flow().untilGivenUp().release().flow().end());
      add(
          all,
          command + " comes after its compensation",
          s -> s.fault(command, Fault.IS_HELD).flow().untilGivenUp().flow().release().flow().end());
    } else {
      lateAnswers(all, reply, stage -> {});
    }
  }

  private void compensation(List<Scenario> all, Place<?> place) {
    var command = new Cue(place.step().name(), Direction.COMPENSATION, false);
    var reply = new Cue(place.step().name(), Direction.COMPENSATION, true);
    Script turned = this::refusePivot;
    messages(all, command, reply, turned);
    failures(all, place, command, turned);
    lateAnswers(all, reply, turned);
  }

  private void refusePivot(SweepStage stage) {
    saga.pivot()
        .map(pivot -> new Cue(pivot.name(), Direction.ACTION, false))
        .ifPresent(pivot -> stage.deeds(pivot, List.of(Deeds.REFUSE)));
  }

  /** Lost, twice, late, and crashes around it. */
  private static void messages(List<Scenario> all, Cue command, Cue reply, Script before) {
    for (var cue : List.of(command, reply)) {
      for (var fault : Fault.values()) {
        add(
            all,
            cue + " " + fault.words,
            stage -> {
              before.play(stage);
              stage.fault(cue, fault).flow();
              if (fault == Fault.IS_HELD) {
                stage.pass(15).release().flow();
              }
              stage.end();
            });
      }
    }
    add(
        all,
        command + " is answered when its participant knows",
        stage -> {
          before.play(stage);
          stage.deeds(command, List.of(Deeds.ANSWER_LATER)).flow().end();
        });
  }

  private static void failures(List<Scenario> all, Place<?> place, Cue command, Script before) {
    int most = SimulatedWorld.PACING.attempts(place.step());
    for (int times = 1; times <= most; times++) {
      var breaks = Collections.nCopies(times, Deeds.BREAK);
      add(
          all,
          command + " fails " + times + " of " + most + " times",
          stage -> {
            before.play(stage);
            stage.deeds(command, breaks).flow();
            for (int i = 0; i < most; i++) {
              stage.pass(10);
            }
            stage.end();
          });
    }
  }

  /** Parked, and then the reply comes after all: alone, before a repair and after it. */
  private static void lateAnswers(List<Scenario> all, Cue reply, Script before) {
    add(
        all,
        reply + " comes when the saga is parked",
        stage -> {
          before.play(stage);
          stage.fault(reply, Fault.IS_HELD).flow().untilGivenUp().release().isNotParked();
          stage.flow().end();
        });
    for (var repair : Repair.values()) {
      var repaired = new Repaired(repair, "ann", "because");
      add(
          all,
          reply + " comes right after " + repair,
          stage -> {
            before.play(stage);
            stage.fault(reply, Fault.IS_HELD).flow().untilGivenUp();
            stage.demand(repaired).release().flow().end();
          });
      add(
          all,
          reply + " comes right before " + repair,
          stage -> {
            before.play(stage);
            stage.fault(reply, Fault.IS_HELD).flow().untilGivenUp();
            stage.release().demand(repaired).flow().end();
          });
    }
  }

  private static void add(List<Scenario> all, String name, Script script) {
    all.add(new Scenario(name, script));
  }
}
