package dev.allsquare.saga;

import dev.allsquare.database.Retention;
import dev.allsquare.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of the saga engine. They need at least one {@link Saga} bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SagaProperties.class)
@EnableScheduling
public class SagaConfiguration {

  @Bean
  Definitions sagaDefinitions(ObjectProvider<Saga<?>> sagas) {
    return new Definitions(sagas.orderedStream().toList());
  }

  @Bean
  SagaMetrics sagaMetrics(
      ObjectProvider<MeterRegistry> registry,
      ObjectProvider<Clock> clock,
      Definitions definitions) {
    return new SagaMetrics(
        registry.getIfUnique(() -> Metrics.globalRegistry),
        clock.getIfUnique(Clock::systemUTC),
        definitions);
  }

  @Bean
  SagaTable sagaTable(JdbcTemplate jdbc) {
    return new SagaTable(jdbc);
  }

  @Bean
  Engine sagaEngine(
      Definitions definitions,
      Replicas replicas,
      ObjectProvider<SagaEnding<?>> endings,
      SagaTable table,
      Outbox outbox,
      SagaProperties settings,
      SagaMetrics metrics,
      @Value("${spring.application.name:application}") String source) {
    return new Engine(
        definitions,
        replicas,
        new Endings(definitions, endings.orderedStream().toList()),
        table,
        outbox,
        new Letters(source),
        settings.pacing(),
        metrics);
  }

  @Bean
  DatabaseTime sagaTime(JdbcTemplate jdbc) {
    return new DatabaseTime(jdbc);
  }

  @Bean
  Sagas sagas(Definitions definitions, Engine engine, DatabaseTime time) {
    return new Sagas(definitions, engine, time);
  }

  @Bean
  Orchestrator orchestrator(Definitions definitions, Engine engine, SagaMetrics metrics) {
    return new Orchestrator(definitions.replyTopic(), engine, metrics);
  }

  @Bean
  Sweep sagaSweep(
      Engine engine,
      SagaTable table,
      Outbox outbox,
      PlatformTransactionManager transactions,
      SagaProperties settings) {
    return new Sweep(
        engine, table, outbox, new TransactionTemplate(transactions), settings.sweepLimit());
  }

  @Bean
  Retention sagaRetention(JdbcTemplate jdbc, SagaProperties settings) {
    return new Retention(settings.purgeEvery(), new EndedSagas(jdbc, settings.retention())::purge);
  }

  @Bean
  Replicas sagaReplicas(
      JdbcTemplate jdbc, Definitions definitions, DatabaseTime time, SagaProperties settings) {
    var instance = UUID.randomUUID().toString();
    return new Replicas(jdbc, definitions, time, instance, settings.heartbeat().multipliedBy(3));
  }

  @Bean
  Pulse sagaPulse(
      Sweep sweep,
      Replicas replicas,
      SagaTable table,
      SagaMetrics metrics,
      SagaProperties settings) {
    return new Pulse(sweep, replicas, () -> metrics.live(table.countLive()), settings);
  }

  @Bean
  @ConditionalOnAvailableEndpoint(endpoint = SagasEndpoint.class)
  SagaRepairs sagaRepairs(Definitions definitions, Engine engine, SagaTable table) {
    return new SagaRepairs(definitions, engine, table);
  }

  @Bean
  @ConditionalOnAvailableEndpoint(endpoint = SagasEndpoint.class)
  SagaSearch sagaSearch(JdbcClient jdbc) {
    return new SagaSearch(jdbc);
  }

  @Bean
  @ConditionalOnAvailableEndpoint(endpoint = SagasEndpoint.class)
  ParkedSagas parkedSagas(SagaSearch search) {
    return new ParkedSagas(search);
  }

  @Bean
  @ConditionalOnAvailableEndpoint(endpoint = SagasEndpoint.class)
  SagaDrawings sagaDrawings(Definitions definitions) {
    return new SagaDrawings(definitions);
  }

  @Bean
  @ConditionalOnAvailableEndpoint(endpoint = SagasEndpoint.class)
  SagaStatistics sagaStatistics(JdbcClient jdbc) {
    return new SagaStatistics(jdbc);
  }

  @Bean
  @ConditionalOnAvailableEndpoint
  SagasEndpoint sagasEndpoint(SagaSearch search) {
    return new SagasEndpoint(search);
  }
}
