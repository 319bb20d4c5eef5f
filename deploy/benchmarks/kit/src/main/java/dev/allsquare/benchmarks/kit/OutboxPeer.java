package dev.allsquare.benchmarks.kit;

import java.util.List;

/** A way from a committed transaction to a topic. */
public interface OutboxPeer extends AutoCloseable {

  /** How a contender is made; it relays nothing yet. */
  interface Factory {
    OutboxPeer open(Setup setup) throws Exception;
  }

  /** Writes the events and their {@linkplain Event#book business rows} in one transaction. */
  void publish(List<Event> events) throws Exception;

  void startRelaying() throws Exception;

  /** What is published from now on waits. */
  void stopRelaying() throws Exception;

  @Override
  void close();
}
