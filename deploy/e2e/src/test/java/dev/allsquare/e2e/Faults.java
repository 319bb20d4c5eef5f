package dev.allsquare.e2e;

import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Takes whole services or single parts away, and brings them back. */
final class Faults {

  private final RunningSystem system;
  private final Set<Service> down = new LinkedHashSet<>();
  private final Set<Service> paused = new LinkedHashSet<>();
  private final Deque<Runnable> remedies = new ConcurrentLinkedDeque<>();

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

  void kill(Service service, int replica) {
    remedies.push(() -> system.start(service, replica));
    system.kill(service, replica);
  }

  void pause(Service service, int replica) {
    remedies.push(() -> system.resume(service, replica));
    system.pause(service, replica);
  }

  void cutOff(Service service, int replica, Peer peer) {
    remedies.push(() -> system.reconnect(service, replica, peer));
    system.cutOff(service, replica, peer);
  }

  void killBroker(int broker) {
    remedies.push(() -> system.startBroker(broker));
    system.killBroker(broker);
  }

  /** Whatever a scenario left broken. */
  void heal() {
    var all = List.copyOf(remedies);
    remedies.clear();
    CompletableFuture.allOf(
            all.stream().map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
        .join();
    Set.copyOf(paused).forEach(this::resume);
    Set.copyOf(down).forEach(this::start);
  }

  private void onAllReplicas(IntConsumer fault) {
    IntStream.range(0, system.replicas()).parallel().forEach(fault);
  }
}
