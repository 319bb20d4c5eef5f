package dev.allsquare.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** Does to a system what a fault says, and gives the remedy. */
final class Breaker {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int BATCH = 500;

  private final CampaignSystem system;
  private final AtomicLong redelivered = new AtomicLong();

  Breaker(CampaignSystem system) {
    this.system = system;
  }

  /** How many records consumers were given once more because their offsets were reset. */
  long redelivered() {
    return redelivered.get();
  }

  /** Why this machine cannot have the fault, if it cannot. */
  Optional<String> impossible(Fault fault) {
    return switch (fault) {
      case Fault.FillDisk _ when !system.disk().isSmall() ->
          Optional.of("not root, so no small disk could be mounted");
      case Fault.JumpClock _ when libfaketime().isEmpty() ->
          Optional.of("libfaketime is not installed");
      default -> Optional.empty();
    };
  }

  /** Returns what heals it. */
  Runnable breaks(Fault fault) {
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
      case Fault.JumpClock it -> jump(CampaignSystem.name(it.service(), it.replica()));
      case Fault.FillDisk _ -> fillDisk();
      case Fault.Spoil it -> spoil(it.topic());
      case Fault.Spoof _ -> spoof();
    };
  }

  private Runnable kill(String name) {
    system.topology().kill(name);
    return () -> start(name);
  }

  /** What another fault makes fail on its way up is started again. */
  private void start(String name) {
    start(name, Map.of());
  }

  private void start(String name, Map<String, String> environment) {
    Awaitility.await(name + " starts")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .ignoreExceptions()
        .until(
            () -> {
              system.topology().start(name, environment);
              return true;
            });
  }

  private Runnable pause(String name) {
    system.topology().pause(name);
    return () -> system.topology().resume(name);
  }

  private static Runnable spoil(Link link, Link.State state) {
    link.is(state);
    return () -> link.is(Link.State.WHOLE);
  }

  private static Runnable reset(Link link) {
    link.reset();
    return () -> {};
  }

  private Runnable repeat(String topic) {
    var topics = system.topics();
    var records = topics.since(topic, Map.of()).stream().filter(each -> !Poison.is(each)).toList();
    for (int from = 0; from < records.size(); from += BATCH) {
      topics.repeat(records.subList(from, Math.min(records.size(), from + BATCH)));
    }
    return () -> {};
  }

  private Runnable spoil(String topic) {
    var topics = system.topics();
    topics.send(Poison.garbage(topic, topics.partitionsOf(topic)));
    return () -> {};
  }

  private Runnable spoof() {
    system.topics().send(Poison.spoofed());
    return () -> {};
  }

  /** Killed and thrown out of their group: its session would outlast what a fault may. */
  private Runnable rewind(Service service) {
    onBothReplicas(service, system.topology()::kill);
    Awaitility.await("the group of " + service + " is empty")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .ignoreExceptions()
        .until(() -> isRewound(service.toString()));
    return () -> onBothReplicas(service, this::start);
  }

  private boolean isRewound(String group) throws InterruptedException, ExecutionException {
    try (var admin =
        Admin.create(
            Map.<String, Object>of("bootstrap.servers", system.topology().kafkaBootstrap()))) {
      admin
          .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
      var before = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      var beginning = new HashMap<TopicPartition, OffsetAndMetadata>();
      before.keySet().forEach(each -> beginning.put(each, new OffsetAndMetadata(0)));
      admin.alterConsumerGroupOffsets(group, beginning).all().get();
      redelivered.addAndGet(before.values().stream().mapToLong(OffsetAndMetadata::offset).sum());
      return true;
    }
  }

  private static void onBothReplicas(Service service, Consumer<String> act) {
    IntStream.range(0, CampaignSystem.REPLICAS)
        .mapToObj(replica -> CampaignSystem.name(service, replica))
        .parallel()
        .forEach(act);
  }

  private Runnable jump(String name) {
    system.topology().kill(name);
    start(
        name,
        Map.of(
            "LD_PRELOAD", libfaketime().orElseThrow().toString(),
            "FAKETIME", "+1h",
            "DONT_FAKE_MONOTONIC", "1",
            "FAKETIME_DONT_FAKE_MONOTONIC", "1"));
    return () -> {
      system.topology().kill(name);
      start(name);
    };
  }

  static Optional<Path> libfaketime() {
    try (var found =
        Files.find(
            Path.of("/usr/lib"), 4, (file, _) -> file.endsWith("faketime/libfaketimeMT.so.1"))) {
      return found.findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Runnable fillDisk() {
    system.disk().fill();
    return () -> {
      system.disk().empty();
      start("postgres");
    };
  }
}
