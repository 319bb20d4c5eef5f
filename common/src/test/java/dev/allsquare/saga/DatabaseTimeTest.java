package dev.allsquare.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.allsquare.message.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Deadlines are the database's, from the first one on: machines disagree about the hour. */
class DatabaseTimeTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final Bed bed = Bed.make(Purchases.purchase(1, TIMEOUT));
  private final DatabaseTime time = bed.bean(DatabaseTime.class);

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void theFirstDeadlineOfASagaHangsOnNoClockOfThisMachine() {
    var yesterday = Instant.now().minus(Duration.ofDays(1));
    time.told(yesterday);

    bed.start();

    var wakeAt =
        bed.jdbc.sql("select wake_at from saga").query(OffsetDateTime.class).single().toInstant();
    assertThat(wakeAt).isBetween(yesterday, yesterday.plus(TIMEOUT).plusSeconds(30));
  }

  @Test
  void norDoesItsId() {
    var yesterday = Instant.now().minus(Duration.ofDays(1));
    time.told(yesterday);

    assertThat(Uuid7.timeOf(bed.bean(Sagas.class).newId()))
        .isCloseTo(yesterday, within(10, ChronoUnit.SECONDS));
  }

  @Test
  void eachHeartbeatSetsIt() {
    time.told(Instant.EPOCH);

    bed.bean(Replicas.class).beat();

    assertThat(time.now()).isCloseTo(databasesNow(), within(10, ChronoUnit.SECONDS));
  }

  @Test
  void nobodyHasToBeHeardFirst() {
    var fresh = new DatabaseTime(bed.bean(JdbcTemplate.class));

    assertThat(fresh.now()).isCloseTo(databasesNow(), within(10, ChronoUnit.SECONDS));
  }

  private Instant databasesNow() {
    return Objects.requireNonNull(
            bed.jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single())
        .toInstant();
  }
}
