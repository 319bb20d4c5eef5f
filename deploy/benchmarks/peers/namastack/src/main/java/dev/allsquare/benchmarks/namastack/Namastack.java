package dev.allsquare.benchmarks.namastack;

import dev.allsquare.benchmarks.kit.Event;
import dev.allsquare.benchmarks.kit.OutboxPeer;
import dev.allsquare.benchmarks.kit.OutboxRun;
import dev.allsquare.benchmarks.kit.Setup;
import io.namastack.outbox.Outbox;
import io.namastack.outbox.OutboxProcessingScheduler;
import io.namastack.outbox.handler.OutboxRecordMetadata;
import io.namastack.outbox.handler.OutboxTypedHandler;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Each event is a row of the transaction; a poller takes so many keys at a time and hands each to a
 * thread, which sends its events one after the other.
 */
public final class Namastack implements OutboxPeer {

  /** The event as it is kept. */
  public record Booked(String key, String json) {}

  /** A service with a handler that is done when the broker has the record. */
  @SpringBootApplication
  static class Service {

    @Bean
    OutboxTypedHandler<Booked> sender(
        KafkaTemplate<String, String> kafka, @Value("${benchmark.topic}") String topic) {
      return new Sender(kafka, topic);
    }
  }

  private record Sender(KafkaTemplate<String, String> kafka, String topic)
      implements OutboxTypedHandler<Booked> {
    @Override
    public void handle(Booked event, OutboxRecordMetadata metadata) {
      kafka.send(topic, event.key(), event.json()).join();
    }
  }

  private final ConfigurableApplicationContext service;
  private final Outbox outbox;
  private final TransactionTemplate transactions;
  private final DataSource dataSource;

  private Namastack(Setup setup) {
    int threads = setup.number("concurrency", 4);
    this.service =
        new SpringApplicationBuilder(Service.class)
            .web(WebApplicationType.NONE)
            .properties(
                Map.of(
                    "spring.main.banner-mode",
                    "off",
                    "logging.level.root",
                    "warn",
                    "spring.datasource.url",
                    setup.jdbcUrl(),
                    "spring.datasource.hikari.maximum-pool-size",
                    "48",
                    "spring.kafka.bootstrap-servers",
                    setup.kafka(),
                    "namastack.outbox.polling.fixed.interval",
                    setup.number("poll-ms", 2_000) + "ms",
                    "namastack.outbox.polling.batch-size",
                    "" + setup.number("batch", 10),
                    "namastack.outbox.processing.executor-core-pool-size",
                    "" + threads,
                    "namastack.outbox.processing.executor-max-pool-size",
                    "" + Math.max(8, threads),
                    "benchmark.topic",
                    setup.text("topic")))
            .run();
    this.outbox = service.getBean(Outbox.class);
    this.transactions = service.getBean(TransactionTemplate.class);
    this.dataSource = service.getBean(DataSource.class);
  }

  public static void main(String[] args) throws Exception {
    OutboxRun.main(args, Namastack::new);
  }

  @Override
  public void publish(List<Event> events) {
    transactions.executeWithoutResult(
        transaction -> {
          book(events);
          events.forEach(
              event -> outbox.schedule(new Booked(event.key(), event.json()), event.key()));
        });
  }

  private void book(List<Event> events) {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      Event.book(connection, events);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  @Override
  public void startRelaying() {
    service.getBean(OutboxProcessingScheduler.class).start();
  }

  @Override
  public void stopRelaying() {
    service.getBean(OutboxProcessingScheduler.class).stop();
  }

  @Override
  public void close() {
    service.close();
  }
}
