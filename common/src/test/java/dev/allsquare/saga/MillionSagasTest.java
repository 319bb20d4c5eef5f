package dev.allsquare.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.saga.SagasEndpoint.Page;
import dev.allsquare.saga.SagasEndpoint.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many sagas there are, a question about them looks at a limited number. */
class MillionSagasTest {

  private static final int MANY = Integer.getInteger("sagas", 200_000);

  /** A call looks at no more rows than this, and at the index entries that lead to them. */
  private static final int MOST_READ = 2 * Question.LOOKED_AT + 1_000;

  private static final Bed BED = Bed.make(Purchases.purchase(1, Duration.ofMinutes(1)));
  private static final SagaSearch SEARCH = new SagaSearch(BED.jdbc);

  /** The plans were made when the table was empty, and are kept. */
  @BeforeAll
  static void fill() {
    BED.start();
    BED.jdbc
        .sql(
            """
            insert into saga (id, type, version, business_key, state, direction, data, steps,
                              waiting_for, revision, parked, created_at)
            select uuidv7(make_interval(secs => n - :many)), 'Purchase', 1, 'order-' || n,
                   case when n % 5000 = 0 then 'PARKED' when n % 100 = 0 then 'COMPENSATED' else 'COMPLETED' end,
                   'ACTION', data, steps, case when n % 5000 = 0 then array['ship'] else '{}' end, 5,
                   case when n % 5000 = 0 then 'ship was refused: BROKEN_BOX' end,
                   clock_timestamp() + make_interval(secs => n - :many)
              from saga cross join generate_series(1, :many) as n
            """)
        .param("many", MANY)
        .update();
    BED.jdbc.sql("analyze saga").update();
  }

  @AfterAll
  static void close() {
    BED.close();
  }

  @ParameterizedTest
  @CsvSource({
    ",,,,,",
    "Purchase,,,,,",
    "Nothing,,,,,",
    ",PARKED,,,,",
    ",COMPENSATED,,,,",
    ",COMPLETED,,,,",
    "Nothing,COMPLETED,,,,",
    ",,order-77,,,",
    ",,no-order,,,",
    ",,,PT10H,,",
    ",,,PT10000H,,",
    ",,,,ship,",
    ",,,,nothing,",
    ",,,,,lost",
    ",PARKED,,,,broken",
    ",COMPENSATED,,,,lost",
  })
  void aPageReadsALimitedNumberOfSagas(
      @Nullable String type,
      @Nullable State state,
      @Nullable String key,
      @Nullable String age,
      @Nullable String step,
      @Nullable String reason) {
    var filter = new SagaFilter(type, key, age == null ? null : Duration.parse(age), step, reason);
    long before = rowsRead();
    long began = System.nanoTime();
    SEARCH.page(state, filter, null, 100);
    var took = Duration.ofNanos(System.nanoTime() - began);
    System.out.printf("Of %,d sagas, %s %s: %d ms%n", MANY, state, filter, took.toMillis());
    assertThat(rowsRead() - before).isLessThanOrEqualTo(MOST_READ);
  }

  @Test
  void whatOneCallDoesNotReachTheNextOneDoes() {
    var filter = new SagaFilter(null, null, null, null, "nothing says this");
    UUID after = null;
    int calls = 0;
    Page page;
    do {
      page = SEARCH.page(null, filter, after, 100);
      after = page.next();
      calls++;
    } while (after != null);
    assertThat(calls).isEqualTo(Math.ceilDiv(MANY + 1, Question.LOOKED_AT));
  }

  @Test
  void followingTheNextPagesFindsAllOfThem() {
    var found = new ArrayList<UUID>();
    UUID after = null;
    do {
      var page =
          SEARCH.page(State.PARKED, new SagaFilter("Purchase", null, null, null, null), after, 7);
      page.items().forEach(saga -> found.add(saga.id()));
      after = page.next();
    } while (after != null);
    assertThat(found).hasSize(MANY / 5000).doesNotHaveDuplicates();
  }

  private static long rowsRead() {
    BED.jdbc.sql("select pg_stat_force_next_flush()").query().listOfRows();
    BED.jdbc.sql("select pg_stat_clear_snapshot()").query().listOfRows();
    return BED.jdbc
        .sql(
            "select sum(idx_tup_read)::bigint + (select seq_tup_read from pg_stat_user_tables"
                + " where relname = 'saga') from pg_stat_user_indexes where relname = 'saga'")
        .query(Long.class)
        .single();
  }
}
