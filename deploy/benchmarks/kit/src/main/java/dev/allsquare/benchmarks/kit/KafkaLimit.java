package dev.allsquare.benchmarks.kit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** What one idempotent producer gets acknowledged, and how soon a reader has it. */
public final class KafkaLimit {

  private static final int RATE = 1_000;
  private static final int UNSENT_AT_MOST = 50_000;

  private final Setup setup;
  private final Latencies endToEnd = new Latencies();
  private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private long n;

  private KafkaLimit(Setup setup) {
    this.setup = setup;
  }

  public static void main(String[] args) throws Exception {
    var setup = Setup.of(args);
    new KafkaLimit(setup).run().print();
  }

  private Verdict run() throws Exception {
    var figures = new LinkedHashMap<String, Double>();
    int seconds = setup.number("seconds", 10);
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers", setup.kafka(), "acks", "all", "batch.size", 128 * 1024);
    try (var reader = new TopicReader(setup, setup.text("topic"), this::arrived);
        var producer =
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      produce(producer, Math.max(2, seconds / 4));
      await(reader);
      long before = n;
      long begin = System.nanoTime();
      produce(producer, seconds);
      figures.put("produced records/s", (n - before) * 1e9 / (System.nanoTime() - begin));
      await(reader);
      figures.put("read records/s", (n - before) * 1e9 / (System.nanoTime() - begin));
      onTime(producer, seconds);
      await(reader);
      endToEnd.putInto(figures, "at " + RATE + "/s");
      return new Verdict(figures, complaints(reader));
    }
  }

  private List<String> complaints(TopicReader reader) {
    if (failure.get() != null) {
      return List.of("a record was refused: " + failure.get());
    }
    return reader.count() == n ? List.of() : List.of(n + " sent, " + reader.count() + " arrived");
  }

  private void produce(KafkaProducer<String, String> producer, int seconds) throws Exception {
    var room = new Semaphore(UNSENT_AT_MOST);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      room.acquire();
      send(producer, room);
    }
    producer.flush();
  }

  private void onTime(KafkaProducer<String, String> producer, int seconds) throws Exception {
    var room = new Semaphore(UNSENT_AT_MOST);
    long begin = System.nanoTime();
    for (int i = 0; i < RATE * seconds; i++) {
      long due = begin + i * TimeUnit.SECONDS.toNanos(1) / RATE;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      sentAt.put(n, due);
      room.acquire();
      send(producer, room);
    }
    producer.flush();
  }

  private void send(KafkaProducer<String, String> producer, Semaphore room) {
    var event = new Event(n, "k" + n % 1_000);
    n++;
    var _ =
        producer.send(
            new ProducerRecord<>(setup.text("topic"), event.key(), event.json()),
            (_, e) -> {
              room.release();
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  private void arrived(long number) {
    var due = sentAt.remove(number);
    if (due != null) {
      endToEnd.add(System.nanoTime() - due);
    }
  }

  private void await(TopicReader reader) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (reader.count() < n && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }
}
