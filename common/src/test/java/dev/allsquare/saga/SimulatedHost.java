package dev.allsquare.saga;

import dev.allsquare.outbox.SimulatedOutbox;
import dev.allsquare.outbox.SimulatedRelay;
import dev.allsquare.saga.SimulatedWorld.Sending;
import dev.allsquare.testing.Guard;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One process of a service, as far as its relay goes. A process that is not asked is stopped. */
final class SimulatedHost {

  private final SimulatedWorld world;
  private final SimulatedOutbox outbox;
  private final String process;
  private final Set<Guard> off;
  private final SimulatedRelay relay;

  SimulatedHost(SimulatedWorld world, SimulatedOutbox outbox, String process, Set<Guard> off) {
    this.world = world;
    this.outbox = outbox;
    this.process = process;
    this.off = off;
    this.relay =
        new SimulatedRelay(
            outbox,
            process,
            world::nanoTime,
            message -> {
              var sending = new Sending(this, message, new CompletableFuture<>());
              world.sent(sending);
              return sending.acknowledgement();
            },
            off);
  }

  /** The process that takes this one's place. */
  SimulatedHost again() {
    return new SimulatedHost(world, outbox, process + "'", off);
  }

  SimulatedOutbox outbox() {
    return outbox;
  }

  String process() {
    return process;
  }

  SimulatedRelay relay() {
    return relay;
  }
}
