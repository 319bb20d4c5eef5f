package dev.allsquare.kafka;

import dev.allsquare.inbox.MessageHandler;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** Makes the container of one handler: its consumers, and what happens when a batch fails. */
final class ListenerContainers {

  private static final Duration AFTER_DENIED = Duration.ofSeconds(10);
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);

  private final ConsumerFactory<byte[], byte[]> consumers;
  private final MessagingProperties settings;
  private final String group;
  private final Function<MessageHandler, MessageListener> listeners;

  ListenerContainers(
      ConsumerFactory<byte[], byte[]> consumers,
      MessagingProperties settings,
      String group,
      Function<MessageHandler, MessageListener> listeners) {
    this.consumers = consumers;
    this.settings = settings;
    this.group = group;
    this.listeners = listeners;
  }

  ConcurrentMessageListenerContainer<byte[], byte[]> container(MessageHandler handler) {
    var properties = new ContainerProperties(handler.topic());
    properties.setGroupId(group);
    properties.setMessageListener(listeners.apply(handler));
    // What a crash delivers again for want of a commit is absorbed. So nobody waits for a commit,
    // and one will do for all batches of a moment: at low load every message is a batch.
    properties.setAckMode(ContainerProperties.AckMode.TIME);
    properties.setAckTime(COMMIT_INTERVAL.toMillis());
    properties.setPollTimeout(COMMIT_INTERVAL.toMillis());
    properties.setSyncCommits(false);
    properties.setAuthExceptionRetryInterval(AFTER_DENIED);
    properties.setShutdownTimeout(settings.stopTimeout().toMillis());
    properties.setMissingTopicsFatal(false);
    var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
    container.setConcurrency(settings.concurrency());
    container.setBeanName(handler.topic());
    container.setCommonErrorHandler(errorHandler());
    return container;
  }

  /**
   * Only infrastructure makes a batch fail here, so it is repeated until it succeeds, with the
   * consumer paused and still polling. The default would give certain exceptions up at once and
   * discard the batch; none may be.
   */
  private DefaultErrorHandler errorHandler() {
    var backOff = new ExponentialBackOff(settings.firstRetry().toMillis(), 2);
    backOff.setMaxInterval(settings.longestRetry().toMillis());
    var handler =
        new DefaultErrorHandler(
            (record, failure) -> {
              throw new IllegalStateException("no record is ever given up: " + record, failure);
            },
            backOff);
    handler.setClassifications(Map.of(), true);
    return handler;
  }
}
