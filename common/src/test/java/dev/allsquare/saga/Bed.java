package dev.allsquare.saga;

import com.zaxxer.hikari.HikariDataSource;
import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.message.Verdict;
import dev.allsquare.saga.Purchases.Purchase;
import dev.allsquare.saga.Sagas.Start;
import dev.allsquare.testing.CountingDataSource;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One replica of a service with sagas, wired as in production, on a real database; the test plays
 * the relay and the participants, and says when the sweep looks.
 */
final class Bed implements AutoCloseable {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Service {

    @Bean
    static BeanPostProcessor countStatements() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof HikariDataSource pool ? new CountingDataSource(pool) : bean;
        }
      };
    }
  }

  final String database;
  final JdbcClient jdbc;
  private final ConfigurableApplicationContext context;

  private Bed(String database, ConfigurableApplicationContext context) {
    this.database = database;
    this.context = context;
    this.jdbc = context.getBean(JdbcClient.class);
  }

  static Bed make(Saga<?>... sagas) {
    return on(TestPostgres.newDatabase(), List.of(), sagas);
  }

  static Bed on(String database, List<SagaEnding<?>> endings, Saga<?>... sagas) {
    return new Bed(database, run(WebApplicationType.NONE, database, endings, sagas));
  }

  /** One that answers HTTP, too. */
  static Bed withWeb(Saga<?>... sagas) {
    return withWebOn(TestPostgres.newDatabase(), sagas);
  }

  /** Another one of the same database. */
  static Bed withWebOn(String database, Saga<?>... sagas) {
    return new Bed(database, run(WebApplicationType.SERVLET, database, List.of(), sagas));
  }

  /** Where operators reach it. */
  String address() {
    return "http://localhost:" + context.getEnvironment().getProperty("local.management.port");
  }

  Rest rest() {
    return new Rest(context.getEnvironment());
  }

  private static ConfigurableApplicationContext run(
      WebApplicationType web, String database, List<SagaEnding<?>> endings, Saga<?>... sagas) {
    return new SpringApplicationBuilder(Service.class)
        .web(web)
        .properties(
            "spring.datasource.url=" + database,
            "spring.application.name=purchase-service",
            "spring.autoconfigure.exclude="
                + "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "allsquare.saga.sweep-interval=1h",
            "allsquare.saga.heartbeat=1h",
            "management.endpoints.web.exposure.include=sagas",
            "server.port=0",
            "management.server.port=0",
            "spring.servlet.multipart.enabled=false",
            "spring.main.banner-mode=off")
        .initializers(fresh -> register((GenericApplicationContext) fresh, endings, sagas))
        .run();
  }

  private static void register(
      GenericApplicationContext context, List<SagaEnding<?>> endings, Saga<?>... sagas) {
    Arrays.stream(sagas)
        .forEach(saga -> context.registerBean(saga.toString(), Saga.class, () -> saga));
    endings.forEach(
        ending -> context.registerBean(ending.sagaName(), SagaEnding.class, () -> ending));
  }

  /** The statements and commits since the last call. */
  List<String> takeLog() {
    return bean(CountingDataSource.class).takeLog();
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  void transaction(Runnable work) {
    new TransactionTemplate(bean(PlatformTransactionManager.class))
        .executeWithoutResult(_ -> work.run());
  }

  UUID start() {
    var id = Uuid7.next(Instant.now());
    start(id);
    return id;
  }

  void start(UUID... ids) {
    var starts =
        Stream.of(ids).map(id -> new Start<>(id, "order-" + id, new Purchase("tea"))).toList();
    transaction(() -> bean(Sagas.class).start("Purchase", starts));
  }

  void forget() {
    jdbc.sql("truncate saga, saga_history, outbox").update();
  }

  /** What the relay would carry away now. */
  List<Message> drain() {
    return jdbc.sql("with gone as (delete from outbox returning *) select * from gone order by seq")
        .query((row, _) -> message(row))
        .list();
  }

  /** What the relay would move to this table now. */
  List<Message> drainInto(String table) {
    jdbc.sql("insert into " + table + " select * from outbox").update();
    return drain();
  }

  /** Takes the one command of this name out of the outbox; the others stay. */
  Message take(String step, Direction direction) {
    return jdbc.sql("delete from outbox where step = ? and direction = ? returning *")
        .params(step, direction.name())
        .query((row, _) -> message(row))
        .single();
  }

  <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(
        new TransactionTemplate(bean(PlatformTransactionManager.class)).execute(_ -> work.get()));
  }

  void deliver(Message... replies) {
    deliver(List.of(replies));
  }

  void deliver(List<Message> replies) {
    transaction(() -> bean(Orchestrator.class).handle(replies));
  }

  int sweep() {
    return bean(Sweep.class).batch();
  }

  String state(UUID saga) {
    return jdbc.sql("select state from saga where id = ?").param(saga).query(String.class).single();
  }

  String reason(UUID saga) {
    return column(saga, "reason");
  }

  String parked(UUID saga) {
    return column(saga, "parked");
  }

  String column(UUID saga, String name) {
    return jdbc.sql("select coalesce(%s::text, 'nothing') from saga where id = ?".formatted(name))
        .param(saga)
        .query(String.class)
        .single();
  }

  List<Entry.What> history(UUID saga) {
    return jdbc
        .sql("select entries::text from saga_history where saga_id = ? order by revision")
        .param(saga)
        .query((row, _) -> Json.entries(row.getString(1)))
        .list()
        .stream()
        .flatMap(List::stream)
        .map(Entry::what)
        .toList();
  }

  double replies(Outcome outcome) {
    var counter =
        bean(MeterRegistry.class)
            .find("saga.replies")
            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
            .counter();
    return counter == null ? 0 : counter.count();
  }

  static Message reply(Message command, Verdict verdict, @Nullable String reason) {
    return new Message(
        Uuid7.derived(Uuid7.timeOf(command.id()), command.id() + "reply"),
        Purchases.REPLIES,
        command.key(),
        Reply.TYPE,
        "participant",
        command.subject(),
        Instant.now(),
        Json.write(new Reply(verdict, reason)),
        command.saga(),
        command.id(),
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }

  static Message done(Message command) {
    return reply(command, Verdict.DONE, null);
  }

  static Message refused(Message command, String reason) {
    return reply(command, Verdict.REFUSED, reason);
  }

  private static Message message(ResultSet row) throws SQLException {
    return new Message(
        row.getObject("id", UUID.class),
        row.getString("aggregatetype"),
        row.getString("aggregateid"),
        row.getString("type"),
        row.getString("source"),
        row.getString("subject"),
        row.getTimestamp("time").toInstant(),
        row.getString("payload"),
        new SagaContext(
            row.getObject("sagaid", UUID.class),
            row.getString("sagatype"),
            row.getString("step"),
            Direction.valueOf(row.getString("direction")),
            row.getString("replyto")),
        row.getObject("causationid", UUID.class),
        row.getString("traceparent"));
  }

  @Override
  public void close() {
    context.close();
  }
}
