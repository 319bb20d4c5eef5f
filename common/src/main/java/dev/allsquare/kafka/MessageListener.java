package dev.allsquare.kafka;

import dev.allsquare.inbox.BatchProcessor;
import dev.allsquare.inbox.DeadLetters;
import dev.allsquare.inbox.Garbage;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Message;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Hands what one poll returned to its handler, and what is no message to the dead letters. Offsets
 * are committed after this returned; when it throws, the same records come again.
 */
final class MessageListener implements BatchMessageListener<byte[], byte[]> {

  private final MessageHandler handler;
  private final MessageCodec codec;
  private final BatchProcessor processor;
  private final DeadLetters deadLetters;
  private final Tracing tracing;

  MessageListener(
      MessageHandler handler,
      MessageCodec codec,
      BatchProcessor processor,
      DeadLetters deadLetters,
      Tracing tracing) {
    this.handler = handler;
    this.codec = codec;
    this.processor = processor;
    this.deadLetters = deadLetters;
    this.tracing = tracing;
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
    try {
      decodeAndHandle(records);
    } catch (Error e) {
      throw new IllegalStateException("an error would end the listener, an exception repeats", e);
    }
  }

  private void decodeAndHandle(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Message> messages = new ArrayList<>(records.size());
    List<Garbage> garbage = new ArrayList<>();
    for (var record : records) {
      try {
        messages.add(codec.decode(record));
      } catch (NotAMessage e) {
        garbage.add(garbage(record, e.why()));
      }
    }
    if (!garbage.isEmpty()) {
      deadLetters.garbage(garbage);
    }
    if (!messages.isEmpty()) {
      tracing.handling(handler.topic(), messages, batch -> processor.process(handler, batch));
    }
  }

  private static Garbage garbage(ConsumerRecord<byte[], byte[]> record, String why) {
    var headers = new ArrayList<Garbage.Header>();
    record.headers().forEach(h -> headers.add(new Garbage.Header(h.key(), h.value())));
    return new Garbage(
        record.topic(),
        record.partition(),
        record.offset(),
        record.key(),
        headers,
        record.value(),
        why);
  }
}
