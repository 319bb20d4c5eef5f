package dev.allsquare.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.allsquare.inbox.InboxConfiguration;
import dev.allsquare.message.Message;
import dev.allsquare.outbox.OutboxConfiguration;
import dev.allsquare.participant.ParticipantConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Outbox, inbox and participants over a real database, without a log: what is sent stays in the
 * outbox, what arrives is handed over by the test.
 */
public final class Messaging implements AutoCloseable {

  private final HikariDataSource pool = new HikariDataSource();
  private final CountingDataSource dataSource = new CountingDataSource(pool);
  private final SettableClock clock = new SettableClock();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  /** Starts it with the test's own beans. */
  public Messaging(Consumer<AnnotationConfigApplicationContext> beans) {
    pool.setJdbcUrl(TestPostgres.newDatabase());
    pool.setMaximumPoolSize(10);
    Flyway.configure().dataSource(pool).locations("db/allsquare/messaging").load().migrate();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of("spring.application.name", "box-service")));
    context.registerBean(DataSource.class, () -> dataSource);
    context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(dataSource));
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
    context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
    context.registerBean(Clock.class, () -> clock);
    context.register(
        OutboxConfiguration.class, InboxConfiguration.class, ParticipantConfiguration.class);
    beans.accept(context);
    context.registerBean(
        "jdbcTransactionManager",
        PlatformTransactionManager.class,
        () -> new JdbcTransactionManager(dataSource),
        definition -> definition.setFallback(true));
    context.refresh();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public SettableClock clock() {
    return clock;
  }

  public CountingDataSource dataSource() {
    return dataSource;
  }

  public JdbcClient jdbc() {
    return bean(JdbcClient.class);
  }

  public TransactionTemplate transaction() {
    return new TransactionTemplate(bean(PlatformTransactionManager.class));
  }

  /** A record of the outbox, as far as tests look at it. */
  public record Sent(
      UUID id, String topic, String key, String type, String payload, UUID causationId) {}

  /** What was sent because of the message, in order. */
  public List<Sent> sentBecauseOf(Message message) {
    return jdbc()
        .sql(
            "select id, aggregatetype as topic, aggregateid as key, type, payload,"
                + " causationid as causation_id from outbox where causationid = ? order by seq")
        .param(message.id())
        .query(
            (rs, _) ->
                new Sent(
                    rs.getObject("id", UUID.class),
                    rs.getString("topic"),
                    rs.getString("key"),
                    rs.getString("type"),
                    rs.getString("payload"),
                    rs.getObject("causation_id", UUID.class)))
        .list();
  }

  /** How often the metric was counted, over all its tags. */
  public double counted(String metric) {
    return bean(MeterRegistry.class).find(metric).counters().stream()
        .mapToDouble(it -> it.count())
        .sum();
  }

  @Override
  public void close() {
    context.close();
    pool.close();
  }
}
