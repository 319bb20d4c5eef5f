package dev.allsquare.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which fault comes when, and how long it lasts; a pure function of the seed. They come in storms,
 * some at the same moment, with calm between the storms.
 */
record Schedule(List<Planned> faults) {

  /** One fault and its time since the campaign began. */
  record Planned(int number, Duration at, Duration lasts, Fault fault) {}

  static final Duration LONGEST = Duration.ofSeconds(15);

  private static final int STORM = 6;
  private static final double CALM = 0.35;

  /** What takes a process away costs a start of it: these come seldom. */
  private static final List<Function<Random, Fault>> HARD =
      List.of(
          random -> new Fault.KillReplica(service(random), random.nextInt(2)),
          random -> new Fault.KillDatabase(),
          random -> new Fault.KillBroker(random.nextInt(3)),
          random -> new Fault.RewindService(service(random)),
          random -> new Fault.JumpClock(service(random), random.nextInt(2)),
          random -> new Fault.FillDisk());

  private static final List<Function<Random, Fault>> SOFT =
      List.of(
          random -> new Fault.PauseReplica(service(random), random.nextInt(2)),
          random -> new Fault.CutDatabase(service(random)),
          random -> new Fault.CutAtCommit(service(random)),
          random -> new Fault.SlowDatabase(service(random)),
          random -> new Fault.ResetDatabase(service(random)),
          random -> new Fault.CutBroker(random.nextInt(3)),
          random -> new Fault.SlowBroker(random.nextInt(3)),
          random -> new Fault.ResetBroker(random.nextInt(3)),
          random -> new Fault.RepeatTopic(any(random, topics())),
          random -> new Fault.Spoil(any(random, topics())),
          random -> new Fault.Spoof());

  /** So many faults within that time. */
  static Schedule of(long seed, int faults, Duration length) {
    var random = new Random(seed);
    var drawn = draw(random, faults);
    int storms = (faults + STORM - 1) / STORM;
    var planned = new ArrayList<Planned>();
    for (int number = 0; number < faults; number++) {
      var begins = length.multipliedBy(number / STORM).dividedBy(storms);
      var stormy = (long) (length.toMillis() * (1 - CALM) / storms);
      // The first two of a storm come together.
      long within = number % STORM < 2 ? 0 : random.nextLong(1, Math.max(2, stormy));
      planned.add(
          new Planned(
              number,
              begins.plusMillis(within),
              lasts(random, drawn.get(number)),
              drawn.get(number)));
    }
    return new Schedule(List.copyOf(planned));
  }

  /** Every kind comes, and then again; the hard ones a third as often. */
  private static List<Fault> draw(Random random, int faults) {
    var drawn = new ArrayList<Fault>();
    for (int round = 0; drawn.size() < faults; round++) {
      var kinds = new ArrayList<>(round % 3 == 0 ? both() : SOFT);
      Collections.shuffle(kinds, random);
      kinds.forEach(kind -> drawn.add(kind.apply(random)));
    }
    return drawn.subList(0, faults);
  }

  private static List<Function<Random, Fault>> both() {
    return Stream.concat(HARD.stream(), SOFT.stream()).toList();
  }

  private static Duration lasts(Random random, Fault fault) {
    return switch (fault) {
      case Fault.PauseReplica _ -> Duration.ofMillis(random.nextLong(8_000, LONGEST.toMillis()));
      case Fault.RepeatTopic _,
          Fault.Spoil _,
          Fault.Spoof _,
          Fault.RewindService _,
          Fault.ResetDatabase _,
          Fault.ResetBroker _ ->
          Duration.ZERO;
      case Fault.KillReplica _,
          Fault.KillDatabase _,
          Fault.KillBroker _,
          Fault.CutDatabase _,
          Fault.CutAtCommit _,
          Fault.SlowDatabase _,
          Fault.CutBroker _,
          Fault.SlowBroker _,
          Fault.JumpClock _,
          Fault.FillDisk _ ->
          Duration.ofMillis(random.nextLong(1_000, 6_000));
    };
  }

  static List<String> topics() {
    return Stream.concat(Topics.CONSUMED.stream(), Topics.EVENTS.stream()).toList();
  }

  private static Service service(Random random) {
    return any(random, List.of(Service.values()));
  }

  private static <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
