package dev.allsquare.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.allsquare.testing.TestPostgres;
import dev.allsquare.testing.TestPostgres.TwoRoles;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One process migrates as one role; others wait for it, and work as another one. */
class MigrationRolesTest {

  private final TwoRoles database = TestPostgres.newDatabaseOfTwoRoles();

  @Test
  void theProcessThatMigratesStartsNothingAndEnds() {
    try (var process = run("only", database.ownersUrl())) {
      assertThat(process.getBeanFactory().getSingletonNames())
          .contains("flywayInitializer")
          .doesNotContain("partitionKeeper", "onlyInAWholeService", "inbox");
    }
  }

  @Test
  void aServiceWaitsUntilSomebodyHasMigrated() {
    var waiting = CompletableFuture.runAsync(() -> run("wait", database.servicesUrl()).close());
    await().until(this::theServiceLooks);
    assertThat(waiting).isNotDone();
    migrate();
    assertThatCode(waiting::join).doesNotThrowAnyException();
  }

  @Test
  void whoWaitsInVainIsToldForWhat() {
    assertThatThrownBy(
            () -> run("wait", database.servicesUrl(), "--allsquare.migration.timeout=1ms"))
        .rootCause()
        .hasMessageContaining("Detected resolved migration not applied to database: 1");
  }

  /** New tables are there before anybody may read them. */
  @Test
  void migratedButNotGrantedIsNotEnough() {
    migrate();
    service().sql("select count(*) from outbox").query(Long.class).single();
    owner().sql("create table of_tomorrow (id int)").update();
    assertThatThrownBy(
            () -> run("wait", database.servicesUrl(), "--allsquare.migration.timeout=1ms"))
        .rootCause()
        .hasMessageContaining("may not read table of_tomorrow");
  }

  @Test
  void anOlderVersionStartsOnANewerSchema() {
    migrate();
    owner()
        .sql(
            """
            insert into flyway_schema_history
              (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
            values (99, '99', 'of tomorrow', 'SQL', 'V99__of_tomorrow.sql', 1, 'owner', 1, true)
            """)
        .update();
    assertThatCode(() -> run("wait", database.servicesUrl()).close()).doesNotThrowAnyException();
    assertThatCode(this::migrate).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table own",
        "alter table outbox drop column subject",
        "truncate outbox",
        "delete from flyway_schema_history",
        "update allsquare_messaging_history set success = false"
      })
  void theServiceMayWorkWithRowsAndNothingElse(String sql) {
    migrate();
    assertThatCode(() -> service().sql("delete from own").update()).doesNotThrowAnyException();
    assertThatThrownBy(() -> service().sql(sql).update())
        .hasStackTraceContaining("ERROR: ")
        .hasStackTraceContaining(sql.contains("table ") ? "must be owner" : "permission denied");
  }

  /** What the service made meanwhile must not stand in the way of the next migration. */
  @Test
  void theServiceKeepsPartitionsAndTheOwnerStillMigrates() {
    migrate();
    try (var service = run("none", database.servicesUrl(), "--server.port=0")) {
      assertThat(service.isRunning()).isTrue();
    }
    assertThat(partitions()).isPositive();
    assertThatCode(this::migrate).doesNotThrowAnyException();
    owner().sql("alter table inbox add column of_tomorrow int").update();
  }

  /** Whoever ran under one role for years and now parts them. */
  @Test
  void partitionsThatTheOwnerMadeBecomeTheServices() {
    run("apply", database.ownersUrl(), "--server.port=0").close();
    assertThat(partitions()).isPositive();
    migrate();
    run("none", database.servicesUrl(), "--server.port=0").close();
    service().sql("drop table inbox").update();
  }

  private boolean theServiceLooks() {
    return owner()
        .sql(
            "select exists (select from pg_stat_activity where datname = current_database() and usename = ?)")
        .param(database.serviceRole())
        .query(Boolean.class)
        .single();
  }

  private long partitions() {
    return owner().sql("select count(*) from pg_inherits").query(Long.class).single();
  }

  private void migrate() {
    run("only", database.ownersUrl()).close();
  }

  private JdbcClient owner() {
    return JdbcClient.create(new DriverManagerDataSource(database.ownersUrl()));
  }

  private JdbcClient service() {
    return JdbcClient.create(new DriverManagerDataSource(database.servicesUrl()));
  }

  private ConfigurableApplicationContext run(String mode, String url, String... more) {
    var arguments =
        Stream.of(
            "--allsquare.migration.mode=" + mode,
            "--allsquare.migration.grant-to=" + database.serviceRole(),
            "--spring.flyway.locations=classpath:db/test-service",
            "--spring.datasource.hikari.maximum-pool-size=3",
            "--spring.datasource.url=" + url,
            "--allsquare.kafka.listen=false",
            "--allsquare.outbox.relay=false");
    return new SpringApplication(Service.class)
        .run(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Service {

    @Bean
    SmartLifecycle onlyInAWholeService() {
      return new SmartLifecycle() {
        private boolean running;

        @Override
        public void start() {
          running = true;
        }

        @Override
        public void stop() {
          running = false;
        }

        @Override
        public boolean isRunning() {
          return running;
        }
      };
    }
  }
}
