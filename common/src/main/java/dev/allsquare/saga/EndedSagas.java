package dev.allsquare.saga;

import java.time.Duration;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Forgets sagas that ended long ago, and their histories. Replicas take different ones. What has
 * not ended is kept however old it is.
 */
final class EndedSagas {

  /** By age of the id first, so that the key finds them: when they ended is not indexed. */
  private static final String PURGE =
      """
      with gone as (
        delete from saga where id = any (array(
          select id from saga
          where id < rpad(lpad(to_hex(((extract(epoch from now()) - ?) * 1000)::bigint), 12, '0'),
                          32, '0')::uuid
            and state in ('COMPLETED', 'COMPENSATED')
            and updated_at < now() - make_interval(secs => ?)
          order by id limit ? for update skip locked))
        returning id),
      forgotten as (delete from saga_history where saga_id in (select id from gone))
      select count(*) from gone
      """;

  private final JdbcOperations jdbc;
  private final Duration retention;

  EndedSagas(JdbcOperations jdbc, Duration retention) {
    this.jdbc = jdbc;
    this.retention = retention;
  }

  /** Forgets at most so many, and says how many those were. */
  int purge(int atMost) {
    long seconds = retention.toSeconds();
    var gone = jdbc.queryForObject(PURGE, Integer.class, seconds, seconds, atMost);
    return gone == null ? 0 : gone;
  }
}
