package dev.allsquare.inbox;

import dev.allsquare.database.Retention;
import dev.allsquare.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;

/** The beans of the inbox. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxProperties.class)
@EnableScheduling
public class InboxConfiguration {

  @Bean
  Inbox inbox(JdbcClient jdbc, InboxProperties properties, Clock clock) {
    return new Inbox(jdbc, properties, clock);
  }

  @Bean
  BatchProcessor batchProcessor(PlatformTransactionManager transactions, DeadLetters deadLetters) {
    return new BatchProcessor(transactions, deadLetters);
  }

  @Bean
  DeadLetterRows deadLetterRows(JdbcClient jdbc) {
    return new DeadLetterRows(jdbc);
  }

  @Bean
  @ConditionalOnProperty("allsquare.inbox.dead-letter-retention")
  Retention deadLetterRetention(DeadLetterRows rows, InboxProperties properties) {
    var age = Objects.requireNonNull(properties.deadLetterRetention());
    return new Retention(properties.maintenanceInterval(), atMost -> rows.discard(age, atMost));
  }

  @Bean
  DeadLetters deadLetters(
      DeadLetterRows rows,
      Outbox outbox,
      PlatformTransactionManager transactions,
      ObjectProvider<MeterRegistry> meters,
      Clock clock,
      @Value("${spring.application.name:application}") String source) {
    var records = new DeadLetterRecords(clock, source);
    return new DeadLetters(
        rows, records, outbox, transactions, meters.getIfUnique(() -> Metrics.globalRegistry));
  }

  @Bean
  @ConditionalOnAvailableEndpoint
  DeadLettersEndpoint deadLettersEndpoint(DeadLetterRows rows) {
    return new DeadLettersEndpoint(rows);
  }

  @Bean
  @ConditionalOnAvailableEndpoint(endpoint = DeadLettersEndpoint.class)
  DeadLetterRepairs deadLetterRepairs(
      DeadLetterRows rows, Outbox outbox, ObjectProvider<CurrentState> currentState) {
    return new DeadLetterRepairs(
        rows, outbox, currentState.getIfAvailable(() -> new CurrentState(Set.of())));
  }

  @Bean
  @ConditionalOnAvailableEndpoint(endpoint = DeadLettersEndpoint.class)
  DeadLetterSelection deadLetterSelection(DeadLetterRows rows) {
    return new DeadLetterSelection(rows);
  }

  @Bean
  PartitionKeeper partitionKeeper(
      JdbcTemplate jdbc,
      ObjectProvider<PartitionedTable> others,
      InboxProperties properties,
      Clock clock) {
    return new PartitionKeeper(
        new Partitions(jdbc), others.orderedStream().toList(), properties, clock);
  }
}
