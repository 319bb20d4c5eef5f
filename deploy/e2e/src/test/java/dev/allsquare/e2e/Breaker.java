package dev.allsquare.e2e;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Does to a system what a fault says. */
final class Breaker {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What two replicas must be down for at most, on the way to the beginning of their topics. */
  private static final Duration REWINDING = Duration.ofSeconds(8);

  private static final Duration NOTICING = Duration.ofSeconds(5);
  private static final int ANSWER_MILLIS = 1_000;

  private static final int REPEATED = 5_000;
  private static final long HALF_AN_HOUR = Duration.ofMinutes(30).toMillis();

  private final CampaignSystem system;
  private final Groups groups;
  private final AtomicLong redelivered = new AtomicLong();

  Breaker(CampaignSystem system) {
    this.system = system;
    this.groups = system.groups();
  }

  /** How many records consumers were given once more because their offsets were reset. */
  long redelivered() {
    return redelivered.get();
  }

  /** Waits until it can be done at all: what is not answered for another fault takes no time. */
  void prepare(Fault fault) {
    if (fault instanceof Fault.RewindService it) {
      await("the coordinator of " + it.service(), PATIENCE, () -> groups.read(it.service()));
    }
  }

  Damage breaks(Fault fault) {
    return switch (fault) {
      case Fault.KillReplica it -> kill(CampaignSystem.name(it.service(), it.replica()));
      case Fault.KillDatabase _ -> kill("postgres");
      case Fault.KillBroker it -> kill(CampaignSystem.broker(it.broker()));
      case Fault.PauseReplica it -> pause(CampaignSystem.name(it.service(), it.replica()));
      case Fault.CutDatabase it -> spoil(system.toDatabase(it.service()), Link.State.CUT);
      case Fault.CutAtCommit it -> spoil(system.toDatabase(it.service()), Link.State.CUT_AT_COMMIT);
      case Fault.SlowDatabase it -> spoil(system.toDatabase(it.service()), Link.State.SLOW);
      case Fault.ResetDatabase it -> reset(system.toDatabase(it.service()));
      case Fault.CutBroker it -> spoil(system.toBroker(it.broker()), Link.State.CUT);
      case Fault.SlowBroker it -> spoil(system.toBroker(it.broker()), Link.State.SLOW);
      case Fault.ResetBroker it -> reset(system.toBroker(it.broker()));
      case Fault.RepeatTopic it -> repeat(it.topic());
      case Fault.RewindService it -> rewind(it.service());
      case Fault.JumpClock it -> jump(it.service(), it.replica(), it.ahead());
      case Fault.FillDisk _ -> fillDisk();
      case Fault.Spoil it -> spoil(it.topic());
      case Fault.Spoof _ -> spoof();
    };
  }

  private Damage kill(String name) {
    killLiving(name);
    return Damage.untilStarted(() -> start(name), 1);
  }

  /** What has died by itself is a finding, not a fault of ours. */
  private void killLiving(String name) {
    if (!system.topology().isRunning(name)) {
      throw new IllegalStateException(name + " had died before we killed it");
    }
    system.topology().kill(name);
  }

  /** What another fault makes fail on its way up is started again. */
  private void start(String name) {
    await(
        name + " to start",
        PATIENCE,
        () -> {
          system.topology().start(name);
          return name;
        });
  }

  private Damage pause(String name) {
    system.topology().pause(name);
    return Damage.until(() -> system.topology().resume(name), () -> 1);
  }

  private static Damage spoil(Link link, Link.State state) {
    var harm = since(link);
    link.is(state);
    return Damage.until(() -> link.is(Link.State.WHOLE), harm);
  }

  private static Damage reset(Link link) {
    var harm = since(link);
    link.reset();
    return Damage.until(() -> {}, harm);
  }

  private static LongSupplier since(Link link) {
    long before = link.harm();
    return () -> link.harm() - before;
  }

  private Damage repeat(String topic) {
    var records =
        system.topics().since(topic, Map.of()).stream().filter(each -> !Poison.is(each)).toList();
    var last = records.subList(Math.max(0, records.size() - REPEATED), records.size());
    system.topics().repeat(last);
    return Damage.once(last.size());
  }

  private Damage spoil(String topic) {
    var garbage = Poison.garbage(topic, system.topics().partitionsOf(topic));
    system.topics().send(garbage);
    return Damage.once(garbage.size());
  }

  private Damage spoof() {
    var spoofed = Poison.spoofed();
    system.topics().send(spoofed);
    return Damage.once(spoofed.size());
  }

  /** Killed and thrown out of their group: its session would outlast what a fault may. */
  private Damage rewind(Service service) {
    onBothReplicas(service, this::killLiving);
    Runnable starts = () -> onBothReplicas(service, this::start);
    try {
      long again = await("the group of " + service, REWINDING, () -> groups.rewind(service));
      redelivered.addAndGet(again);
      return Damage.untilStarted(starts, again);
    } catch (RuntimeException e) {
      starts.run();
      throw e;
    }
  }

  private static void onBothReplicas(Service service, Consumer<String> act) {
    List.of(CampaignSystem.name(service, 0), CampaignSystem.name(service, 1)).parallelStream()
        .forEach(act);
  }

  private Damage jump(Service service, int replica, boolean ahead) {
    var clock = system.clock(CampaignSystem.name(service, replica));
    clock.jump(ahead);
    var health = system.management(service, replica).resolve("health/liveness");
    long seen = isSoonWrong(health) ? 1 : 0;
    return Damage.until(clock::comeBack, () -> seen);
  }

  private static boolean isSoonWrong(URI health) {
    try {
      Awaitility.await("another time of day")
          .atMost(NOTICING)
          .pollDelay(Duration.ZERO)
          .pollInSameThread()
          .ignoreExceptions()
          .until(() -> isWrong(health));
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  /** The replica itself says what time it is. */
  private static boolean isWrong(URI health) throws IOException {
    var connection = (HttpURLConnection) health.toURL().openConnection();
    connection.setConnectTimeout(ANSWER_MILLIS);
    connection.setReadTimeout(ANSWER_MILLIS);
    long date = connection.getDate();
    return date != 0 && Math.abs(date - System.currentTimeMillis()) > HALF_AN_HOUR;
  }

  private Damage fillDisk() {
    long filled = system.disk().fill();
    return new Damage(system.disk()::empty, () -> start("postgres"), () -> filled);
  }

  private static <T extends @Nullable Object> T await(
      String what, Duration atMost, Callable<T> attempt) {
    return Awaitility.await(what)
        .atMost(atMost)
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .ignoreExceptions()
        .until(attempt, Objects::nonNull);
  }
}
