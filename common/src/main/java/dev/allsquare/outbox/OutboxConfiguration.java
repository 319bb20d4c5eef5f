package dev.allsquare.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The beans of the outbox: the table for those who write, and the relay where there is a sender.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboxProperties.class)
public class OutboxConfiguration {

  @Bean
  Mailbox outboxMailbox() {
    return new Mailbox();
  }

  @Bean
  OutboxTable outboxTable(DataSource dataSource) {
    return new OutboxTable(new JdbcTemplate(dataSource));
  }

  @Bean
  Pages outboxPages(OutboxTable table, Mailbox mailbox) {
    return new Pages(table, mailbox);
  }

  /** Those that Spring Boot makes, and those that are the application's own. */
  @Bean
  SmartInitializingSingleton outboxHearsOfTransactions(
      Pages pages, ObjectProvider<ConfigurableTransactionManager> managers) {
    return () -> managers.forEach(manager -> manager.addListener(pages));
  }

  @Bean
  Outbox outbox(OutboxTable table, Pages pages) {
    return new Outbox(table, pages);
  }

  @Bean
  ParkedKeys outboxParkedKeys(DataSource dataSource) {
    return new ParkedKeys(new JdbcTemplate(dataSource), transactions(dataSource));
  }

  @Bean
  @ConditionalOnBean(Sender.class)
  @ConditionalOnBooleanProperty(name = "allsquare.outbox.relay", matchIfMissing = true)
  RelayLoop outboxRelay(
      OutboxTable table,
      ParkedKeys parkedKeys,
      Mailbox mailbox,
      Sender sender,
      DataSource dataSource,
      OutboxProperties settings,
      ObjectProvider<MeterRegistry> registry,
      ObjectProvider<Clock> clock) {
    var leases =
        new Leases(
            new JdbcTemplate(dataSource),
            transactions(dataSource),
            UUID.randomUUID().toString(),
            settings.lease());
    var metrics =
        new RelayMetrics(
            registry.getIfUnique(() -> Metrics.globalRegistry),
            clock.getIfUnique(Clock::systemUTC));
    return new RelayLoop(
        new Relay(table, parkedKeys, leases, sender, mailbox, metrics, settings), mailbox);
  }

  @Bean
  @ConditionalOnAvailableEndpoint
  OutboxEndpoint outboxEndpoint(DataSource dataSource) {
    return new OutboxEndpoint(new OutboxInspection(JdbcClient.create(dataSource)));
  }

  @Bean
  @ConditionalOnAvailableEndpoint(endpoint = OutboxEndpoint.class)
  ParkedKeyRepairs outboxParkedKeyRepairs(ParkedKeys parkedKeys, Mailbox mailbox) {
    return new ParkedKeyRepairs(parkedKeys, mailbox);
  }

  /** The relay's own transactions: short, on JDBC alone, whatever the service's manager is. */
  private static TransactionTemplate transactions(DataSource dataSource) {
    return new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }
}
