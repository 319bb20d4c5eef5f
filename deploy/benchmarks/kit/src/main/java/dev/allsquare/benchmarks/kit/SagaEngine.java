package dev.allsquare.benchmarks.kit;

import java.util.UUID;
import java.util.function.Consumer;

/** A way to run sagas durably: what was started goes on after a crash. */
public interface SagaEngine extends AutoCloseable {

  /** How a contender is made; it calls back with each saga that has ended for good. */
  interface Factory {
    SagaEngine open(Setup setup, Consumer<UUID> ended) throws Exception;
  }

  /** Returns once the saga will run, whatever happens. */
  void start(Order order) throws Exception;

  @Override
  void close();
}
