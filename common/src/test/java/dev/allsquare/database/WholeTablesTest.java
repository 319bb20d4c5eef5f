package dev.allsquare.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.allsquare.testing.TestPostgres;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** An audit on a service's connections, which are given up after a second of silence here. */
class WholeTablesTest {

  private static final String SILENCE = "select pg_sleep(1.5)";

  private final HikariDataSource pool = oneConnection();
  private final JdbcClient jdbc = JdbcClient.create(pool);
  private final WholeTables tables = new WholeTables(new JdbcTransactionManager(pool), jdbc);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void anAuditMayTakeLongerThanAnythingElse() {
    List<?> rows = tables.read(it -> it.sql(SILENCE).query().listOfRows());
    assertThat(rows).hasSize(1);
    assertThatThrownBy(() -> jdbc.sql(SILENCE).query().listOfRows())
        .as("and nothing else may, afterwards")
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void anAuditIsPlannedForWholeTablesAndChangesNothing() {
    Map<String, @Nullable Object> inside = tables.read(WholeTablesTest::plans);
    assertThat(inside).isEqualTo(Map.of("scans", "on", "cache", "force_custom_plan"));
    assertThat(plans(jdbc)).isEqualTo(Map.of("scans", "off", "cache", "force_generic_plan"));
    assertThatThrownBy(() -> tables.read(it -> it.sql("create table t (n int)").update()))
        .hasMessageContaining("read-only transaction");
  }

  @Test
  void anAuditThatLosesItsConnectionLeavesNoBrokenOneBehind() {
    assertThatThrownBy(
            () ->
                tables.read(
                    it ->
                        it.sql("select pg_terminate_backend(pg_backend_pid())")
                            .query()
                            .listOfRows()))
        .satisfies(it -> assertThat(Failure.of(it)).isEqualTo(Failure.INFRASTRUCTURE));
    int one = tables.read(it -> it.sql("select 1").query(Integer.class).single());
    assertThat(one).isOne();
  }

  private static Map<String, @Nullable Object> plans(JdbcClient it) {
    return it.sql(
            "select current_setting('enable_seqscan') as scans,"
                + " current_setting('plan_cache_mode') as cache")
        .query()
        .singleRow();
  }

  private static HikariDataSource oneConnection() {
    var config = new HikariConfig();
    config.setJdbcUrl(TestPostgres.newDatabase() + "&socketTimeout=1");
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }
}
