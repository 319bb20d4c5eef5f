package dev.allsquare.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A started topology: where its parts are, and what a test may do to them. */
public final class RunningTopology implements AutoCloseable {

  private final Plan plan;
  private final Children children;
  private volatile Thread atExit = new Thread();

  RunningTopology(Plan plan) {
    this.plan = plan;
    this.children = new Children(plan);
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

  /**
   * Where the first replica of a service serves its Actuator endpoints, without {@code /actuator}.
   */
  public URI management(String name) {
    return management(name, 1);
  }

  /**
   * Where a replica serves its Actuator endpoints, without {@code /actuator}; the first is number
   * 1.
   */
  public URI management(String name, int replica) {
    return replica(name, replica).management();
  }

  /** The database of a service; user and password are part of the URL. */
  public String jdbcUrl(String service) {
    String database = ServiceKind.named(service).database();
    return plan.jdbcUrl(database) + "?user=" + database + "&password=" + plan.password();
  }

  /** Host and port of the broker. */
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
    return plan.parts().stream().anyMatch(part -> children.find(part).isPresent());
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
  void startAll(Progress progress) {
    try (var _ = StartLock.take(plan.data())) {
      PortCheck.of(plan.ports());
      plan.save();
      atExit = new Thread(() -> stopAtExit(progress), "stop-topology");
      Runtime.getRuntime().addShutdownHook(atExit);
      startInOrder(progress);
    }
  }

  private void startInOrder(Progress progress) {
    try {
      AtOnce.forEach(plan.foundations(), part -> startOne(part, progress));
      AtOnce.forEach(plan.services(), part -> startOne(part, progress));
    } catch (RuntimeException e) {
      stopAll(progress);
      throw e;
    }
  }

  /** The parts stay when this program ends. */
  void outliveThisProgram() {
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void stopAtExit(Progress progress) {
    children.startNoMore();
    stopAll(progress);
  }

  private void startOne(Part part, Progress progress) {
    children.start(part, progress);
    progress.says(part.name() + " is ready");
  }

  void stopAll(Progress progress) {
    if (isAnythingRunning()) {
      progress.says("stopping");
    }
    AtOnce.forEach(plan.services(), part -> stopOne(part, progress));
    plan.foundations().reversed().forEach(part -> stopOne(part, progress));
  }

  private void stopOne(Part part, Progress progress) {
    boolean ran = children.find(part).isPresent();
    children.stop(part);
    if (ran) {
      progress.says(part.name() + " has stopped");
    }
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
