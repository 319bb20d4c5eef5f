package dev.allsquare.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A started topology: where its parts are, and what a test may do to them. */
public final class RunningTopology implements AutoCloseable {

  private final Plan plan;
  private final Children children;
  private final InOrder inOrder;
  private volatile @Nullable Tether tether;

  RunningTopology(Plan plan) {
    this.plan = plan;
    this.children = new Children(plan);
    this.inOrder = new InOrder(plan, children);
  }

  /** All parts, in the order they start: {@code postgres}, {@code kafka}, then the services. */
  public List<String> names() {
    return plan.parts().stream().map(Part::name).toList();
  }

  /** Processes per service. */
  public int replicas() {
    return plan.replicas();
  }

  /** Where the first replica of a service takes requests. */
  public URI service(String name) {
    return service(name, 1);
  }

  /** Where a replica takes requests; the first is number 1. */
  public URI service(String name, int replica) {
    return replica(name, replica).uri();
  }

  /** Where the first replica serves its Actuator endpoints, without {@code /actuator}. */
  public URI management(String name) {
    return management(name, 1);
  }

  /** Where a replica serves its Actuator endpoints, without {@code /actuator}. */
  public URI management(String name, int replica) {
    return replica(name, replica).management();
  }

  /** The database of a service; user and password are part of the URL. */
  public String jdbcUrl(String service) {
    String database = ServiceKind.named(service).database();
    return plan.jdbcUrl(database) + "?user=" + database + "&password=" + plan.password();
  }

  /** Where the brokers are, {@code host:port}, separated by commas. */
  public String kafkaBootstrap() {
    return plan.kafkaBootstrap();
  }

  /** Where each part writes its log, called NAME.log. */
  public Path logs() {
    return plan.logs();
  }

  /** Whether the process lives; it may be paused. */
  public boolean isRunning(String name) {
    return children.find(plan.part(name)).isPresent();
  }

  /** The process's number, while it lives. */
  public Optional<Long> pid(String name) {
    return children.find(plan.part(name)).map(ProcessHandle::pid);
  }

  /** Starts a part that does not run and waits until it is ready. */
  public void start(String name) {
    children.start(plan.part(name), Progress.silent());
  }

  /** Ends a part in order (SIGTERM; PostgreSQL drops its clients) and waits until it has gone. */
  public void stop(String name) {
    children.stop(plan.part(name));
  }

  /** Ends a part as a power cut would (kill -9) and waits until it has gone. */
  public void kill(String name) {
    children.kill(plan.part(name));
  }

  /** Makes a part stand still (SIGSTOP): connections stay open and nothing answers. */
  public void pause(String name) {
    children.signal(plan.part(name), Signal.STOP);
  }

  /** Lets a paused part go on (SIGCONT). */
  public void resume(String name) {
    children.signal(plan.part(name), Signal.CONT);
  }

  /** Stops everything in order: services first, then Kafka, then PostgreSQL. */
  @Override
  public void close() {
    stopAll(Progress.silent());
  }

  Plan plan() {
    return plan;
  }

  Children children() {
    return children;
  }

  boolean isAnythingRunning() {
    return inOrder.isAnythingRunning();
  }

  /** Such as {@code postgres (pid 42), kafka (pid 43)}. */
  String describeRunning() {
    return plan.parts().stream()
        .flatMap(
            part ->
                children.find(part).stream()
                    .map(process -> part.name() + " (pid " + process.pid() + ")"))
        .collect(Collectors.joining(", "));
  }

  /** Throws a sentence about each port of this part that somebody else has. */
  void checkPorts(String name) {
    PortCheck.of(plan.ports().only(plan.part(name).portNames()));
  }

  /** Starts it all; from then on it ends with this program, however that ends. */
  void startAll(Progress progress, Consumer<ServiceReplica> whenReady) {
    try (var _ = StartLock.take(plan.data())) {
      PortCheck.of(plan.ports());
      plan.save();
      tether = Tether.tie(plan, () -> stopAtExit(progress));
      startOrStop(progress, whenReady);
    }
  }

  private void startOrStop(Progress progress, Consumer<ServiceReplica> whenReady) {
    try {
      inOrder.start(progress, whenReady);
    } catch (RuntimeException e) {
      stopAll(progress);
      throw e;
    }
  }

  /** The parts stay when this program ends. */
  void outliveThisProgram() {
    var tied = tether;
    if (tied != null) {
      tied.untie();
    }
  }

  void stopAtExit(Progress progress) {
    children.startNoMore();
    try (var _ = StartLock.awaitOthers(plan.data())) {
      stopAll(progress);
    }
  }

  void stopAll(Progress progress) {
    inOrder.stop(progress);
    outliveThisProgram();
  }

  private ServiceReplica replica(String name, int replica) {
    var kind = ServiceKind.named(name);
    if (replica < 1 || replica > plan.replicas()) {
      throw new TopologyException(
          "There is no replica %d of %s; there are %d.".formatted(replica, name, plan.replicas()));
    }
    return new ServiceReplica(plan, kind, replica);
  }
}
