package dev.allsquare.saga;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many sagas there are on their way, and how many started in each minute of the last hour. Ids
 * tell when; a minute that is over is counted once and remembered.
 */
public final class SagaStatistics {

  private static final int MINUTES = 60;

  private static final String LIVE =
      """
      select type, state, count(*) as sagas, min(created_at) as oldest from saga
       where state in ('RUNNING', 'COMPENSATING', 'PARKED') group by type, state order by type, state
      """;

  private static final String STARTED =
      """
      select date_bin('1 minute', uuid_extract_timestamp(id), timestamptz 'epoch') as minute, count(*) as sagas
        from saga
       where id >= rpad(lpad(to_hex((extract(epoch from ?) * 1000)::bigint), 12, '0'), 32, '0')::uuid
       group by minute
      """;

  /** The sagas of one type that are in one state that is no end. */
  public record Live(String type, String state, long sagas, Instant oldest) {}

  /**
   * The picture.
   *
   * @param startedPerMinute of the last hour, the oldest first; the last minute is not over
   */
  public record Statistics(List<Live> live, List<Long> startedPerMinute) {}

  private final JdbcClient jdbc;
  private final NavigableMap<Instant, Long> minutes = new TreeMap<>();

  SagaStatistics(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Statistics now() {
    return new Statistics(live(), startedPerMinute());
  }

  private List<Live> live() {
    return jdbc.sql(LIVE)
        .query(
            (row, _) ->
                new Live(
                    row.getString("type"),
                    row.getString("state"),
                    row.getLong("sagas"),
                    row.getObject("oldest", OffsetDateTime.class).toInstant()))
        .list();
  }

  private synchronized List<Long> startedPerMinute() {
    var now = jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    var last = now.truncatedTo(ChronoUnit.MINUTES);
    var first = last.minus(MINUTES - 1, ChronoUnit.MINUTES);
    minutes.headMap(first).clear();
    // What is remembered last may have been counted before it was over.
    count(minutes.isEmpty() ? first : minutes.lastKey());
    minutes.putIfAbsent(last, 0L);
    return LongStream.range(0, MINUTES)
        .mapToObj(n -> minutes.getOrDefault(first.plus(n, ChronoUnit.MINUTES), 0L))
        .toList();
  }

  private void count(Instant since) {
    jdbc.sql(STARTED)
        .param(since.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              minutes.put(
                  row.getObject("minute", OffsetDateTime.class).toInstant(), row.getLong("sagas"));
            });
  }
}
