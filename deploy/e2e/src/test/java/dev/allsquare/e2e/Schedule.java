package dev.allsquare.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
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

  /** Sessions of consumers last ten seconds, leases five. */
  private static final Duration PAST_SESSIONS = Duration.ofSeconds(11);

  /** Going to sleep and waking up take their time, too. */
  private static final Duration LEAST_SLACK = Duration.ofSeconds(1);

  private static final int STORM = 6;
  private static final double CALM = 0.35;

  /** What takes a process away costs a start of it: these come seldom. */
  private static final List<Function<Random, Fault>> HARD =
      List.of(
          random -> new Fault.KillReplica(service(random), random.nextInt(2)),
          random -> new Fault.KillDatabase(),
          random -> new Fault.KillBroker(random.nextInt(3)),
          random -> new Fault.RewindService(service(random)),
          random -> new Fault.FillDisk());

  private static final List<Function<Random, Fault>> SOFT =
      List.of(
          random -> new Fault.JumpClock(service(random), random.nextInt(2), random.nextBoolean()),
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
  static Schedule of(long seed, int faults, Duration length, Set<String> kinds) {
    var random = new Random(seed);
    var drawn = draw(random, faults, kinds);
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
  private static List<Fault> draw(Random random, int faults, Set<String> wanted) {
    var drawn = new ArrayList<Fault>();
    for (int round = 0; drawn.size() < faults; round++) {
      var kinds = new ArrayList<>(round % 3 == 0 ? both() : SOFT);
      Collections.shuffle(kinds, random);
      kinds.stream()
          .map(kind -> kind.apply(random))
          .filter(fault -> wanted.contains(fault.kind()))
          .forEach(drawn::add);
    }
    return drawn.subList(0, faults);
  }

  private static List<Function<Random, Fault>> both() {
    return Stream.concat(HARD.stream(), SOFT.stream()).toList();
  }

  private static Duration lasts(Random random, Fault fault) {
    return switch (fault) {
      case Fault.PauseReplica _ ->
          Duration.ofMillis(
              random.nextLong(PAST_SESSIONS.toMillis(), LONGEST.minus(LEAST_SLACK).toMillis()));
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
