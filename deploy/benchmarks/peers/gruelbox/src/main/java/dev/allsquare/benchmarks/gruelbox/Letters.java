package dev.allsquare.benchmarks.gruelbox;

import dev.allsquare.benchmarks.kit.Setup;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the outbox calls: a call is done when the broker has the record. */
public class Letters {

  private final KafkaProducer<String, String> producer;
  private final String topic;

  Letters(Setup setup) {
    this.topic = setup.text("topic");
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", setup.kafka(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer());
  }

  public void send(String key, String json) {
    try {
      producer.send(new ProducerRecord<>(topic, key, json)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void close() {
    producer.close();
  }
}
