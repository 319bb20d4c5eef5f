package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.database.Retention;
import dev.allsquare.message.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** What ended long ago is forgotten, and nothing else. */
class RetentionTest {

  private static final Bed BED = Bed.make(Sweepable.saga(Duration.ofMinutes(1)));
  private static final Duration AGE = Duration.ofDays(90);

  private final EndedSagas ended = new EndedSagas(BED.bean(JdbcTemplate.class), AGE);

  @BeforeEach
  void forget() {
    BED.forget();
  }

  @AfterAll
  static void close() {
    BED.close();
  }

  @Test
  void whatEndedLongAgoGoesWithItsHistory() {
    var old = started(AGE.plusDays(1));
    var young = started(AGE.minusDays(1));
    BED.deliver(BED.drain().stream().map(Bed::done).toList());
    age(old, AGE.plusDays(1));
    age(young, AGE.minusDays(1));
    assertThat(BED.state(old)).isEqualTo("COMPLETED");

    assertThat(ended.purge(10)).isOne();

    assertThat(sagas()).containsExactly(young);
    assertThat(histories()).containsExactly(young);
  }

  @Test
  void whatHasNotEndedOrEndedLatelyStaysHoweverOldItIs() {
    var endedLately = started(AGE.plusDays(30));
    BED.deliver(done(BED.drain().getFirst()));
    var running = started(AGE.plusDays(20));
    var parked = started(AGE.plusDays(10));
    BED.jdbc
        .sql("update saga set state = 'PARKED', parked = 'by this test' where id = ?")
        .param(parked)
        .update();
    age(running, AGE.plusDays(20));
    age(parked, AGE.plusDays(10));

    assertThat(ended.purge(10)).isZero();

    assertThat(sagas()).containsExactly(endedLately, running, parked);
  }

  @Test
  void aBatchIsNoLargerThanItMayBeAndAllOfThemEmptyTheTable() {
    for (int i = 0; i < 5; i++) {
      started(AGE.plusDays(1));
    }
    BED.deliver(BED.drain().stream().map(Bed::done).toList());
    sagas().forEach(saga -> age(saga, AGE.plusDays(1)));

    assertThat(ended.purge(2)).isEqualTo(2);
    assertThat(ended.purge(500)).isEqualTo(3);

    assertThat(sagas()).isEmpty();
    assertThat(histories()).isEmpty();
  }

  @Test
  void theServiceForgetsByItself() {
    assertThat(BED.bean(ScheduledTaskHolder.class).getScheduledTasks())
        .filteredOn(task -> task.toString().contains(Retention.class.getName()))
        .hasSize(1);
  }

  private static UUID started(Duration ago) {
    var id = Uuid7.next(Instant.now().minus(ago));
    BED.transaction(
        () -> BED.bean(Sagas.class).start(Sweepable.NAME, List.of(Sweepable.start(id))));
    return id;
  }

  private static void age(UUID saga, Duration ago) {
    BED.jdbc
        .sql("update saga set updated_at = now() - make_interval(secs => ?) where id = ?")
        .params(ago.toSeconds(), saga)
        .update();
  }

  private static List<UUID> sagas() {
    return BED.jdbc
        .sql("select id from saga order by id")
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  private static List<UUID> histories() {
    return BED.jdbc
        .sql("select distinct saga_id from saga_history order by 1")
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }
}
