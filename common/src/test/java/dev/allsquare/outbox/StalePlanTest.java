package dev.allsquare.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The outbox is empty most of the time; what PostgreSQL learns then must not stick. */
class StalePlanTest {

  private static final Set<Integer> ALL = Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);

  private static final Detour PAST_ONE_KEY = new Detour(List.of(), List.of("topic 0"));

  @Test
  void aBacklogIsReadAndDeletedThroughTheIndexByAConnectionThatKnewAnEmptyTable() {
    try (var database = new Database()) {
      onOneConnection(database.dataSource);
      database.jdbc.sql("analyze outbox").update();
      for (int n = 0; n < 20; n++) {
        batch(database);
      }
      database
          .jdbc
          .sql(
              """
              insert into outbox (id, shard, aggregatetype, aggregateid, type, payload, source, time)
              select uuidv7(), n % 15, 'topic', n::text, 'type', repeat('x', 300), 'source', now()
                from generate_series(1, 50_000) n
              """)
          .update();
      long before = rowsReadByScans(database);

      for (int n = 0; n < 5; n++) {
        assertThat(batch(database)).hasSize(100);
      }

      assertThat(rowsReadByScans(database) - before).isLessThan(50_000);
      assertThat(database.count("outbox")).isEqualTo(50_000 - 500);
    }
  }

  private static List<Long> batch(Database database) {
    var seqs =
        database.table.exchange(List.of(), ALL, PAST_ONE_KEY, 100).stream()
            .map(Row::seq)
            .toList();
    database.table.delete(seqs);
    return seqs;
  }

  private static void onOneConnection(HikariDataSource pool) {
    pool.setMaximumPoolSize(1);
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> {
              pool.getHikariPoolMXBean().softEvictConnections();
              return pool.getHikariPoolMXBean().getTotalConnections() <= 1;
            });
  }

  private static long rowsReadByScans(Database database) {
    database.jdbc.sql("select pg_stat_force_next_flush()").query().listOfRows();
    database.jdbc.sql("select pg_stat_clear_snapshot()").query().listOfRows();
    return database
        .jdbc
        .sql("select seq_tup_read from pg_stat_user_tables where relname = 'outbox'")
        .query((row, _) -> row.getLong(1))
        .single();
  }
}
