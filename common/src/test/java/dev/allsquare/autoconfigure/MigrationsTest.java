package dev.allsquare.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.allsquare.saga.Saga;
import dev.allsquare.testing.TestPostgres;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class MigrationsTest {

  private final String url = TestPostgres.newDatabase();
  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  DataSourceAutoConfiguration.class,
                  JdbcTemplateAutoConfiguration.class,
                  JdbcClientAutoConfiguration.class,
                  FlywayAutoConfiguration.class,
                  MigrationAutoConfiguration.class))
          .withPropertyValues(
              "spring.flyway.locations=classpath:db/test-service",
              "spring.datasource.hikari.maximum-pool-size=3",
              "spring.datasource.url=" + url);

  @Test
  void theServicesOwnMigrationsRunBesideTheLibrarys() {
    service.run(
        context ->
            assertThat(tables(context))
                .contains("own", "flyway_schema_history", "outbox", "allsquare_messaging_history")
                .doesNotContain("saga", "allsquare_saga_history"));
  }

  @Test
  void aServiceThatStartsAgainChangesNothing() {
    service.run(context -> assertThat(context).hasNotFailed());
    service.run(context -> assertThat(tables(context)).contains("own", "outbox"));
  }

  @Test
  void onlyAServiceThatDefinesSagasGetsTheirTables() {
    service
        .withUserConfiguration(WithSagas.class)
        .run(context -> assertThat(tables(context)).contains("saga", "allsquare_saga_history"));
  }

  @Test
  void aMigrationMayTakeLongerThanAnyOtherStatement() {
    service
        .withPropertyValues(
            "spring.flyway.locations=classpath:db/test-slow",
            "spring.datasource.url=" + TestPostgres.newDatabase(),
            "spring.datasource.hikari.data-source-properties.socketTimeout=1")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              var jdbc = context.getBean(JdbcClient.class);
              assertThatExceptionOfType(DataAccessException.class)
                  .isThrownBy(() -> jdbc.sql("select pg_sleep(2.5)").query().listOfRows());
            });
  }

  @Test
  void replicasThatStartTogetherAgree() {
    IntStream.range(0, 4)
        .parallel()
        .forEach(
            _ -> service.run(context -> assertThat(tables(context)).contains("own", "outbox")));
  }

  /** What Flyway's own lock does not cover: its history, before its first row. */
  @Test
  void aReplicaThatStartsWhileAnotherMakesTheFirstHistoryWaits() {
    var other = new SingleConnectionDataSource(url, true);
    var jdbc = JdbcClient.create(other);
    jdbc.sql("select pg_advisory_lock(?)").param(MigrationLock.KEY).query().listOfRows();
    jdbc.sql("create table allsquare_messaging_history (installed_rank int primary key)").update();
    var starting =
        CompletableFuture.runAsync(
            () -> service.run(context -> assertThat(tables(context)).contains("own", "outbox")));
    await()
        .until(
            () ->
                starting.isDone()
                    || jdbc.sql(
                            "select count(*) > 0 from pg_stat_activity where datname = current_database() and query like '%pg_try_advisory_lock%' and pid <> pg_backend_pid()")
                        .query(Boolean.class)
                        .single());
    jdbc.sql("drop table allsquare_messaging_history").update();
    other.destroy();
    starting.join();
  }

  private static List<String> tables(AssertableApplicationContext context) {
    assertThat(context).hasNotFailed();
    return context
        .getBean(JdbcClient.class)
        .sql("select table_name from information_schema.tables where table_schema = 'public'")
        .query((row, _) -> row.getString(1))
        .list();
  }

  @Configuration(proxyBeanMethods = false)
  static class WithSagas {

    @Bean
    @Lazy
    Saga<Object> saga() {
      throw new AssertionError("sagas need the migrated database, so migrations must not make one");
    }
  }
}
