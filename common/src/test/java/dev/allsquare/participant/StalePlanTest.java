package dev.allsquare.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Message;
import dev.allsquare.participant.Box.How;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** PostgreSQL looked when there were three steps; a plan made then must not cost more with many. */
class StalePlanTest {

  private static final int MANY = 20_000;

  @Test
  void aRepetitionOfWhatIsPendingReadsItsOwnStepAndNoOthers() {
    try (var box = new Box()) {
      var jdbc = box.messaging().jdbc();
      var pending = Stream.generate(() -> box.take(box.newSaga(), How.LATER)).limit(3).toList();
      repeat(box, pending, 1);
      jdbc.sql("analyze barrier").update();
      repeat(box, pending, 10);
      jdbc.sql(
              """
              insert into barrier (saga_id, step, direction, verdict)
              select uuidv7(), 'take', 'ACTION', 'DONE' from generate_series(1, ?)
              """)
          .param(MANY)
          .update();
      long before = rowsReadByKey(jdbc);

      repeat(box, pending, 5);

      assertThat(rowsReadByKey(jdbc) - before).isPositive().isLessThan(MANY / 10);
    }
  }

  private static void repeat(Box box, List<Message> commands, int times) {
    for (int n = 0; n < times; n++) {
      box.poll(commands);
    }
  }

  private static long rowsReadByKey(JdbcClient jdbc) {
    jdbc.sql("select pg_stat_force_next_flush()").query().listOfRows();
    jdbc.sql("select pg_stat_clear_snapshot()").query().listOfRows();
    return jdbc.sql(
            "select sum(idx_tup_read) from pg_stat_user_indexes where relname like 'barrier\\_%'")
        .query(Long.class)
        .single();
  }
}
