package dev.allsquare.kafka;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

import dev.allsquare.inbox.BatchProcessor;
import dev.allsquare.inbox.DeadLetters;
import dev.allsquare.inbox.MessageHandler;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class MessageListenerTest {

  @Test
  void anErrorWhileDecodingMakesTheRecordsComeAgain() {
    var listener =
        new MessageListener(
            mock(MessageHandler.class),
            new MessageCodec(),
            mock(BatchProcessor.class),
            mock(DeadLetters.class),
            new Tracing(OpenTelemetry.noop()));
    var error = new StackOverflowError("nested too deeply");
    var record =
        new ConsumerRecord<byte[], byte[]>("topic", 0, 0, new byte[0], new byte[0]) {
          @Override
          public Headers headers() {
            throw error;
          }
        };

    assertThatIllegalStateException()
        .isThrownBy(() -> listener.onMessage(List.of(record)))
        .withCause(error);
  }
}
