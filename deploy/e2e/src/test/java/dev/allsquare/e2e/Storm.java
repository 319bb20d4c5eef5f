package dev.allsquare.e2e;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The faults of a schedule, each in its time and alone at its place. */
final class Storm {

  private final Breaker breaker;
  private final Journal journal;
  private final Recovery recovery;
  private final Map<String, ReentrantLock> places = new ConcurrentHashMap<>();
  private final Queue<Snapshot.Suffered> suffered = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicLong lastHealed = new AtomicLong(System.nanoTime());

  Storm(Breaker breaker, Journal journal, Recovery recovery) {
    this.breaker = breaker;
    this.journal = journal;
    this.recovery = recovery;
  }

  /** Returns what counts down to the end of the last fault. */
  CountDownLatch begin(
      Schedule schedule, long begin, ScheduledExecutorService timetable, ExecutorService threads) {
    var done =
        suffered.stream().map(Snapshot.Suffered::number).collect(Collectors.toUnmodifiableSet());
    var due =
        schedule.faults().stream().filter(planned -> !done.contains(planned.number())).toList();
    var left = new CountDownLatch(due.size());
    for (var planned : due) {
      var _ =
          timetable.schedule(
              () -> threads.execute(() -> suffer(planned, left)),
              begin + planned.at().toNanos() - System.nanoTime(),
              TimeUnit.NANOSECONDS);
    }
    return left;
  }

  private void suffer(Schedule.Planned planned, CountDownLatch left) {
    // Always in the same order: two faults that want two places each must not wait for each other.
    var locks = planned.fault().places().stream().map(this::lock).toList();
    locks.forEach(ReentrantLock::lock);
    underWay.incrementAndGet();
    try {
      remember(breakAndHeal(planned));
    } finally {
      underWay.decrementAndGet();
      locks.reversed().forEach(ReentrantLock::unlock);
      left.countDown();
    }
  }

  private ReentrantLock lock(String place) {
    return places.computeIfAbsent(place, _ -> new ReentrantLock());
  }

  private Snapshot.Suffered breakAndHeal(Schedule.Planned planned) {
    var fault = planned.fault();
    long begun = System.nanoTime();
    try {
      breaker.prepare(fault);
      begun = System.nanoTime();
      journal.write("fault", Map.of("number", planned.number(), "fault", fault.toString()));
      var damage = breaker.breaks(fault);
      try {
        Thread.sleep(planned.lasts());
      } finally {
        damage.remedy().run();
      }
      long healed = System.nanoTime();
      lastHealed.accumulateAndGet(healed, Math::max);
      recovery.healed(fault);
      damage.recovery().run();
      return outcome(planned, healed - begun, damage.extent().getAsLong(), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return outcome(planned, System.nanoTime() - begun, 0, "interrupted");
    } catch (RuntimeException | AssertionError e) {
      return outcome(planned, System.nanoTime() - begun, 0, e.toString());
    }
  }

  private static Snapshot.Suffered outcome(
      Schedule.Planned planned, long nanos, long extent, String failure) {
    return new Snapshot.Suffered(
        planned.number(), planned.fault().kind(), Duration.ofNanos(nanos), extent, failure);
  }

  private void remember(Snapshot.Suffered outcome) {
    suffered.add(outcome);
    var line = new LinkedHashMap<String, Object>();
    line.put("number", outcome.number());
    line.put("kind", outcome.kind());
    line.put("millis", outcome.lasted().toMillis());
    line.put("extent", outcome.extent());
    line.put("failure", outcome.failure());
    journal.write("suffered", line);
  }

  /** What an earlier run has done already. */
  void recall(JsonNode line) {
    suffered.add(
        new Snapshot.Suffered(
            line.path("number").asInt(0),
            line.path("kind").asString(""),
            Duration.ofMillis(line.path("millis").asLong(0)),
            line.path("extent").asLong(0),
            line.path("failure").asString("")));
  }

  /** When the cause of the last fault was gone. */
  long lastHealed() {
    return lastHealed.get();
  }

  int underWay() {
    return underWay.get();
  }

  List<Snapshot.Suffered> suffered() {
    return suffered.stream().sorted(Comparator.comparingInt(Snapshot.Suffered::number)).toList();
  }
}
