package dev.allsquare.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.outbox.Undeliverable;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Which failures park a key: those that the message itself causes, and no others. */
class KafkaSenderTest {

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaSender sender =
      new KafkaSender(factoryOf(producer), new MessageCodec(), new Tracing(OpenTelemetry.noop()));

  @ParameterizedTest
  @MethodSource
  void whatTheClientThrowsForThisMessageIsUndeliverable(RuntimeException thrown) {
    producer.sendException = thrown;
    assertThat(failureOf(sender)).isInstanceOf(Undeliverable.class).hasCause(thrown);

    producer.sendException = null;
    assertThat(failureOf(sender)).as("its topic goes on at once").isNull();
  }

  static RuntimeException[] whatTheClientThrowsForThisMessageIsUndeliverable() {
    return new RuntimeException[] {
      new SerializationException("no bytes"),
      new RecordTooLargeException("too large"),
      new IllegalArgumentException("no such partition"),
      new NullPointerException("no headers")
    };
  }

  @ParameterizedTest
  @MethodSource
  void whatMayPassIsSentAgain(RuntimeException thrown) {
    producer.sendException = thrown;
    assertThat(failureOf(sender)).isSameAs(thrown);

    producer.sendException = null;
    assertThat(failureOf(sender)).as("a moment later").isInstanceOf(TimeoutException.class);
  }

  static RuntimeException[] whatMayPassIsSentAgain() {
    return new RuntimeException[] {
      new KafkaException("no broker"),
      new TimeoutException("no metadata"),
      new IllegalStateException("the producer is closed"),
      new org.springframework.kafka.KafkaException("no producer")
    };
  }

  @Test
  void anInterruptedSendIsSentAgain() {
    producer.sendException = new InterruptException("stopping");
    assertThat(failureOf(sender)).isInstanceOf(InterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Throwable failureOf(KafkaSender sender) {
    var now = Instant.now();
    var message =
        new Message(
            Uuid7.next(now), "topic", "key", "test.v1", "test", null, now, "{}", null, null, null);
    return sender
        .send(message)
        .handle((_, failure) -> failure instanceof CompletionException e ? e.getCause() : failure)
        .join();
  }

  @SuppressWarnings("unchecked")
  private static DefaultKafkaProducerFactory<byte[], byte[]> factoryOf(
      Producer<byte[], byte[]> producer) {
    DefaultKafkaProducerFactory<byte[], byte[]> factory = mock(DefaultKafkaProducerFactory.class);
    when(factory.createProducer()).thenReturn(producer);
    return factory;
  }
}
