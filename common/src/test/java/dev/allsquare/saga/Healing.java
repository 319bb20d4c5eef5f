package dev.allsquare.saga;

import dev.allsquare.message.Message;
import dev.allsquare.saga.SimulatedWorld.Deeds;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** All faults are over: whoever was stopped goes on, and an operator looks after what is parked. */
final class Healing {

  /** By then every deadline and every backoff has passed more than once. */
  private static final int LONGEST = 120;

  private final SimulatedWorld world;

  private final Function<Message, Deeds> business;

  /** Sound participants may still say no. */
  Healing(SimulatedWorld world, Function<Message, Deeds> business) {
    this.world = world;
    this.business = business;
  }

  /** Goes on until all is over; then everything that was ever said is said again. */
  void toTheEnd() throws InterruptedException {
    world.copies(_ -> 1);
    world.handler(business);
    List.copyOf(world.open).forEach(world::commit);
    drain(world.ghosts, world::arrive);
    untilQuiet();
    world.replay();
    untilQuiet();
  }

  private void untilQuiet() throws InterruptedException {
    for (int i = 0; i < LONGEST && !(flow() && world.isOver()); i++) {
      world.pass(i % 3 == 0 ? Duration.ofSeconds(6) : Duration.ofSeconds(20));
      world.sweep();
      repair();
      commit();
    }
  }

  /** Lets messages flow without time, and says whether all have arrived. */
  private boolean flow() throws InterruptedException {
    for (int i = 0; i < LONGEST && !world.isQuiet(); i++) {
      long before = world.steps();
      for (var host : world.hosts) {
        relay(host);
      }
      handle();
      if (world.steps() == before) {
        break;
      }
    }
    return world.isQuiet();
  }

  private void relay(SimulatedHost host) throws InterruptedException {
    if (host.outbox().isEmpty()) {
      return;
    }
    world.look(host);
    drain(world.inFlight, world::acknowledge);
    while (world.hear(host)) {
      drain(world.inFlight, world::acknowledge);
    }
  }

  private void handle() {
    if (!world.commands.isEmpty()) {
      var batch = List.copyOf(world.commands);
      world.commands.clear();
      world.handle(batch);
      commit();
    }
    world.pending().forEach(id -> world.answerLate(id, true));
    if (!world.replies.isEmpty()) {
      var batch = List.copyOf(world.replies);
      world.replies.clear();
      world.judge(batch);
      commit();
    }
  }

  private void repair() {
    for (var id : world.sagas.ids()) {
      if (world.sagas.instance(id).parked() != null) {
        world.demand(id, new Event.Repaired(Repair.RETRY, "ann", "all is well again"));
        commit();
      }
    }
  }

  private void commit() {
    drain(world.open, world::commit);
  }

  private static <T> void drain(List<T> waiting, Consumer<T> to) {
    List.copyOf(waiting)
        .forEach(
            each -> {
              waiting.remove(each);
              to.accept(each);
            });
  }
}
