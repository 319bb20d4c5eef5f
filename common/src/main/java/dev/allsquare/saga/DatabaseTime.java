package dev.allsquare.saga;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The database's clock, without asking it each time. Whoever talks to the database anyway passes on
 * what its clock said; from then on only the time that has passed is measured here. So the wall
 * clock of this machine may jump, and replicas may disagree about the hour.
 *
 * <p>Safe for use by many threads.
 */
final class DatabaseTime {

  private record Reading(Instant at, long nanos) {}

  private final JdbcOperations jdbc;
  private volatile @Nullable Reading last;

  DatabaseTime(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  void told(Instant now) {
    last = new Reading(now, System.nanoTime());
  }

  Instant now() {
    var reading = last;
    if (reading == null) {
      var asked = jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class);
      told(Objects.requireNonNull(asked).toInstant());
      return now();
    }
    return reading.at.plusNanos(System.nanoTime() - reading.nanos);
  }
}
