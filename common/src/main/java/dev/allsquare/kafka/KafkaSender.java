package dev.allsquare.kafka;

import dev.allsquare.message.Message;
import dev.allsquare.outbox.Sender;
import dev.allsquare.outbox.Undeliverable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Carries the outbox's messages to Kafka. */
final class KafkaSender implements Sender, AutoCloseable {

  /** How long a topic without metadata fails at once: each further record would block for it. */
  private static final long UNREACHABLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
  private final MessageCodec codec;
  private final Tracing tracing;
  private final Map<String, Long> unreachableSince = new ConcurrentHashMap<>();

  KafkaSender(
      DefaultKafkaProducerFactory<byte[], byte[]> producers, MessageCodec codec, Tracing tracing) {
    this.producers = producers;
    this.codec = codec;
    this.tracing = tracing;
  }

  @Override
  public CompletableFuture<?> send(Message message) {
    if (unreachable(message.topic())) {
      return CompletableFuture.failedFuture(
          new TimeoutException("topic " + message.topic() + " was not reachable a moment ago"));
    }
    var result = new CompletableFuture<@Nullable Void>();
    tracing.sending(message, result);
    long start = System.nanoTime();
    try {
      var _ =
          producers
              .createProducer()
              .send(codec.encode(message), (_, failure) -> complete(result, failure));
    } catch (RuntimeException e) {
      result.completeExceptionally(thrown(message.topic(), e));
    }
    if (result.isCompletedExceptionally() && blocked(start)) {
      unreachableSince.put(message.topic(), System.nanoTime());
    }
    return result;
  }

  @Override
  public void close() {
    producers.destroy();
  }

  private boolean unreachable(String topic) {
    Long since = unreachableSince.get(topic);
    if (since == null) {
      return false;
    }
    boolean still = System.nanoTime() - since < UNREACHABLE_NANOS;
    if (!still) {
      unreachableSince.remove(topic);
    }
    return still;
  }

  private static boolean blocked(long start) {
    return System.nanoTime() - start > UNREACHABLE_NANOS / 2;
  }

  private static void complete(
      CompletableFuture<@Nullable Void> result, @Nullable Exception failure) {
    if (failure == null) {
      result.complete(null);
    } else {
      result.completeExceptionally(judged(failure));
    }
  }

  /**
   * What the client throws at once. A client that is closed, or cannot be made, is nobody's fault;
   * what else is not Kafka's own came from putting this message into a record.
   */
  private Exception thrown(String topic, RuntimeException failure) {
    var judged =
        switch (failure) {
          case KafkaException _,
              org.springframework.kafka.KafkaException _,
              IllegalStateException _ ->
              judged(failure);
          default -> undeliverable(failure);
        };
    if (!(judged instanceof Undeliverable)) {
      unreachableSince.put(topic, System.nanoTime());
    }
    return judged;
  }

  /** Repeating it cannot help where the record itself is what the log, or the client, refuses. */
  private static Exception judged(Exception failure) {
    return switch (failure) {
      case RecordTooLargeException _,
          RecordBatchTooLargeException _,
          InvalidRecordException _,
          InvalidTopicException _,
          SerializationException _ ->
          undeliverable(failure);
      default -> failure;
    };
  }

  private static Undeliverable undeliverable(Exception cause) {
    return new Undeliverable(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
  }
}
