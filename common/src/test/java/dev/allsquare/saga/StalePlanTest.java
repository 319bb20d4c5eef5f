package dev.allsquare.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** PostgreSQL looked when there were three sagas; a plan made then must not cost more with many. */
class StalePlanTest {

  private static final int MANY = 20_000;

  private final Bed bed = Bed.make(Purchases.purchase(1, Duration.ofMinutes(1)));
  private final SagaTable table = new SagaTable(bed.bean(JdbcTemplate.class));

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void anUpdateReadsTheSagasItChangesAndNoOthers() {
    var sagas = Stream.generate(bed::start).limit(3).toList();
    bed.jdbc.sql("analyze saga").update();
    for (int n = 0; n < 10; n++) {
      update(sagas);
    }
    bed.jdbc
        .sql(
            """
            insert into saga (id, type, version, business_key, state, direction, data, steps,
                              waiting_for, revision)
            select uuidv7(), type, version, business_key, state, direction, data, steps,
                   waiting_for, revision
              from saga cross join generate_series(1, ?) where id = ?
            """)
        .params(MANY, sagas.getFirst())
        .update();
    long before = rowsReadByKey();

    for (int n = 0; n < 5; n++) {
      update(sagas);
    }

    assertThat(rowsReadByKey() - before).isPositive().isLessThan(MANY / 10);
  }

  private void update(List<UUID> sagas) {
    bed.transaction(() -> table.update(table.lock(sagas)));
  }

  private long rowsReadByKey() {
    bed.jdbc.sql("select pg_stat_force_next_flush()").query().listOfRows();
    bed.jdbc.sql("select pg_stat_clear_snapshot()").query().listOfRows();
    return bed.jdbc
        .sql("select idx_tup_read from pg_stat_user_indexes where indexrelname = 'saga_pkey'")
        .query((row, _) -> row.getLong(1))
        .single();
  }
}
