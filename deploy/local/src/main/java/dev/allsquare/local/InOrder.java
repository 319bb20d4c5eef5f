package dev.allsquare.local;

import java.util.List;
import java.util.function.Consumer;

/** Starts the whole, and stops it: what others need comes first, and goes last. */
final class InOrder {

  private final Plan plan;
  private final Children children;

  InOrder(Plan plan, Children children) {
    this.plan = plan;
    this.children = children;
  }

  boolean isAnythingRunning() {
    return plan.parts().stream().anyMatch(part -> children.find(part).isPresent());
  }

  /** Kafka and the services start side by side: they have much to do before they want a broker. */
  void start(Progress progress, Consumer<ServiceReplica> whenReady) {
    Runnable kafka = () -> AtOnce.forEach(plan.kafka(), broker -> start(broker, progress));
    Runnable rest =
        () -> {
          start(new PostgresServer(plan), progress);
          AtOnce.forEach(
              plan.services(),
              service -> {
                start(service, progress);
                whenReady.accept(service);
              });
        };
    Runnable observers = () -> plan.observers().forEach(part -> start(part, progress));
    AtOnce.forEach(List.of(kafka, rest, observers), Runnable::run);
  }

  private void start(Part part, Progress progress) {
    children.start(part, progress);
    progress.says(part.name() + " is ready");
  }

  void stop(Progress progress) {
    if (isAnythingRunning()) {
      progress.says("stopping");
    }
    AtOnce.forEach(plan.services(), part -> stop(part, progress));
    plan.observers().forEach(part -> stop(part, progress));
    // A node that is the last of its quorum waits for the others to hand over to.
    AtOnce.forEach(plan.kafka(), part -> stop(part, progress));
    stop(new PostgresServer(plan), progress);
  }

  private void stop(Part part, Progress progress) {
    boolean ran = children.find(part).isPresent();
    children.stop(part);
    if (ran) {
      progress.says(part.name() + " has stopped");
    }
  }
}
