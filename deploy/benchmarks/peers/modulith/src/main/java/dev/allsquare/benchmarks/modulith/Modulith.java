package dev.allsquare.benchmarks.modulith;

import dev.allsquare.benchmarks.kit.Event;
import dev.allsquare.benchmarks.kit.OutboxPeer;
import dev.allsquare.benchmarks.kit.OutboxRun;
import dev.allsquare.benchmarks.kit.Setup;
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
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.RoutingTarget;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Each event is published in the transaction, kept as a row of it, sent after the commit by a pool
 * of threads of the same process, and then marked as completed.
 */
public final class Modulith implements OutboxPeer {

  /** The event as the application publishes it. */
  public record Booked(long n, String key, String filler) {}

  /** A service that sends its events to one topic. */
  @SpringBootApplication
  static class Service {

    @Bean
    EventExternalizationConfiguration externalization(@Value("${benchmark.topic}") String topic) {
      return EventExternalizationConfiguration.externalizing()
          .select(event -> event instanceof Booked)
          .route(Booked.class, event -> RoutingTarget.forTarget(topic).andKey(event.key()))
          .build();
    }
  }

  private static final String FILLER = "x".repeat(250);

  private final ConfigurableApplicationContext service;
  private final TransactionTemplate transactions;
  private final DataSource dataSource;

  private Modulith(Setup setup) {
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
                    "spring.task.execution.pool.core-size",
                    "" + setup.number("threads", 8),
                    "spring.kafka.bootstrap-servers",
                    setup.kafka(),
                    "spring.kafka.producer.acks",
                    "all",
                    "spring.modulith.events.jdbc.schema-initialization.enabled",
                    "true",
                    "spring.modulith.events.completion-mode",
                    setup.settings().getOrDefault("completion", "update"),
                    "benchmark.topic",
                    setup.text("topic")))
            .run();
    this.transactions = service.getBean(TransactionTemplate.class);
    this.dataSource = service.getBean(DataSource.class);
  }

  public static void main(String[] args) throws Exception {
    OutboxRun.main(args, Modulith::new);
  }

  @Override
  public void publish(List<Event> events) {
    transactions.executeWithoutResult(
        transaction -> {
          book(events);
          events.forEach(event -> service.publishEvent(new Booked(event.n(), event.key(), FILLER)));
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
  public void startRelaying() {}

  /** It sends when it commits: there is nothing to stop. */
  @Override
  public void stopRelaying() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    service.close();
  }
}
