package dev.allsquare.e2e;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Takes whole services away, all their replicas at once, and brings them back. */
final class Faults {

  private final RunningSystem system;
  private final Set<Service> down = new LinkedHashSet<>();
  private final Set<Service> paused = new LinkedHashSet<>();

  Faults(RunningSystem system) {
    this.system = system;
  }

  void stop(Service service) {
    down.add(service);
    onAllReplicas(replica -> system.stop(service, replica));
  }

  void kill(Service service) {
    down.add(service);
    onAllReplicas(replica -> system.kill(service, replica));
  }

  /** Brings a stopped or killed service back; returns once all its replicas are ready. */
  void start(Service service) {
    onAllReplicas(replica -> system.start(service, replica));
    down.remove(service);
  }

  /** Lets the service do nothing at all, without anyone noticing it has gone. */
  void pause(Service service) {
    paused.add(service);
    onAllReplicas(replica -> system.pause(service, replica));
  }

  void resume(Service service) {
    onAllReplicas(replica -> system.resume(service, replica));
    paused.remove(service);
  }

  /** Whatever a scenario left broken. */
  void heal() {
    Set.copyOf(paused).forEach(this::resume);
    Set.copyOf(down).forEach(this::start);
  }

  private void onAllReplicas(IntConsumer fault) {
    IntStream.range(0, system.replicas()).parallel().forEach(fault);
  }
}
