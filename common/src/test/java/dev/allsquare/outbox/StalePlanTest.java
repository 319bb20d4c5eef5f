package dev.allsquare.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
      backlog(database, 50_000);
      long before = rowsReadByScans(database);

      for (int n = 0; n < 5; n++) {
        assertThat(batch(database)).hasSize(100);
      }

      assertThat(rowsReadByScans(database) - before).isLessThan(50_000);
      assertThat(database.count("outbox")).isEqualTo(50_000 - 500);
    }
  }

  @Test
  void aBacklogIsNotReadFromEndToEndToTellWhatWaits() {
    try (var database = new Database()) {
      var first = Messages.message("k", "first");
      database.commit(first);
      backlog(database, OutboxTable.READ_AT_MOST - 2);
      var gone = UUID.randomUUID();
      var asked = List.of(first.id(), gone);
      assertThat(database.outbox.stillWaiting(asked)).containsExactly(first.id());

      backlog(database, 3 * OutboxTable.READ_AT_MOST);
      long before = rowsReadByKey(database);

      assertThat(database.outbox.stillWaiting(asked))
          .as("whoever cannot tell says nothing that makes a timeout begin")
          .containsExactlyInAnyOrder(first.id(), gone);
      assertThat(rowsReadByKey(database) - before)
          .isPositive()
          .isLessThanOrEqualTo(OutboxTable.READ_AT_MOST);
    }
  }

  private static void backlog(Database database, int rows) {
    database
        .jdbc
        .sql(
            """
            insert into outbox (id, shard, aggregatetype, aggregateid, type, payload, source, time)
            select uuidv7(), n % 15, 'topic', n::text, 'type', repeat('x', 300), 'source', now()
              from generate_series(1, ?) n
            """)
        .param(rows)
        .update();
  }

  private static List<Long> batch(Database database) {
    var seqs =
        database.table.exchange(List.of(), ALL, PAST_ONE_KEY, 100).stream().map(Row::seq).toList();
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
    return counted(
        database, "select seq_tup_read from pg_stat_user_tables where relname = 'outbox'");
  }

  private static long rowsReadByKey(Database database) {
    return counted(
        database,
        "select idx_tup_read from pg_stat_user_indexes where indexrelname = 'outbox_pkey'");
  }

  private static long counted(Database database, String statistic) {
    database.jdbc.sql("select pg_stat_force_next_flush()").query().listOfRows();
    database.jdbc.sql("select pg_stat_clear_snapshot()").query().listOfRows();
    return database.jdbc.sql(statistic).query((row, _) -> row.getLong(1)).single();
  }
}
