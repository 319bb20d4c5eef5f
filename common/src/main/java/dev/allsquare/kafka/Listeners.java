package dev.allsquare.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Creates the topics and then listens, in the background: a service starts without Kafka, and finds
 * it whenever it comes. Stops before everything else, so that no batch loses its database.
 */
final class Listeners implements SmartLifecycle {

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final TopicCreation topics;
  private final List<? extends MessageListenerContainer> containers;
  private final Duration stopTimeout;
  private volatile CountDownLatch stopping = new CountDownLatch(0);

  Listeners(
      TopicCreation topics,
      List<? extends MessageListenerContainer> containers,
      Duration stopTimeout) {
    this.topics = topics;
    this.containers = List.copyOf(containers);
    this.stopTimeout = stopTimeout;
  }

  @Override
  public void start() {
    stopping = new CountDownLatch(1);
    Thread.ofVirtual().name("kafka-topics").start(this::prepare);
  }

  @Override
  public void stop() {
    CountDownLatch stopped;
    synchronized (this) {
      stopping.countDown();
      stopped = new CountDownLatch(containers.size());
      containers.forEach(container -> container.stop(stopped::countDown));
    }
    try {
      if (!stopped.await(stopTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("some listeners did not finish their batch in time; it is delivered again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return stopping.getCount() > 0;
  }

  @Override
  public int getPhase() {
    return AbstractMessageListenerContainer.DEFAULT_PHASE;
  }

  private void prepare() {
    try {
      boolean told = false;
      while (isRunning() && !attempt(told)) {
        told = true;
        stopping.await(BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Listening begins as soon as a broker has answered, even if a topic is refused for now. */
  private boolean attempt(boolean told) throws InterruptedException {
    try {
      boolean complete = topics.attempt();
      listen();
      return complete;
    } catch (RuntimeException e) {
      if (!told) {
        log.warn("Kafka cannot be reached yet, trying again until it can: {}", e.toString());
      }
      return false;
    }
  }

  private synchronized void listen() {
    if (isRunning()) {
      containers.stream().filter(c -> !c.isRunning()).forEach(MessageListenerContainer::start);
    }
  }
}
