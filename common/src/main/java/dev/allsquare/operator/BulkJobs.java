package dev.allsquare.operator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of repairs of many. */
final class BulkJobs {

  private static final String CREATE =
      """
      insert into bulk_repair (action, filter, actor, reason, rate, items, ended_at)
      values (?, ?::jsonb, ?, ?, ?, ?, case when ? then clock_timestamp() end) returning id
      """;

  private static final String FILL =
      """
      insert into bulk_repair_item (job, position, subject, version)
      select ?, position, subject, version
        from unnest(?::text[], ?::int[]) with ordinality as item (subject, version, position)
      """;

  private static final String SHOW =
      """
      select j.*, done, tried - done as refused from bulk_repair j
       cross join lateral (select count(*) filter (where result = 'DONE') as done, count(result) as tried
                             from bulk_repair_item where job = j.id) as counted
      """;

  /** Whoever gets the row's lock works on it now; the others take another job. */
  private static final String CLAIM =
      """
      update bulk_repair set next_at = clock_timestamp() + make_interval(secs => 1.0 / rate)
       where id = (select id from bulk_repair where ended_at is null and next_at <= clock_timestamp()
                    order by next_at limit 1 for update skip locked)
      returning *, 0 as done, 0 as refused
      """;

  private static final String LOCK =
      """
      update bulk_repair set next_at = clock_timestamp() + make_interval(secs => 1.0 / rate)
       where id = ? and ended_at is null
      """;

  private static final String NEXT =
      """
      select * from bulk_repair_item where job = ? and result is null order by position limit 1
      """;

  private static final String RESULT =
      """
      update bulk_repair_item set result = ?, detail = ?, at = clock_timestamp()
       where job = ? and position = ? and result is null
      """;

  private static final String DUE =
      """
      select coalesce(extract(epoch from min(next_at) - clock_timestamp()), ?) from bulk_repair
       where ended_at is null
      """;

  private final JdbcClient jdbc;

  BulkJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes a job; one of nothing has ended. */
  UUID create(String action, String filter, Signature by, int rate, List<BulkItem> items) {
    var id =
        jdbc.sql(CREATE)
            .params(action, filter, by.actor(), by.reason(), rate, items.size(), items.isEmpty())
            .query(UUID.class)
            .single();
    jdbc.sql(FILL)
        .param(id)
        .param(items.stream().map(BulkItem::subject).toArray(String[]::new))
        .param(items.stream().map(BulkItem::version).toArray(Integer[]::new))
        .update();
    return id;
  }

  Optional<BulkJob> find(UUID id) {
    return jdbc.sql(SHOW + " where id = ?").param(id).query((row, _) -> job(row)).optional();
  }

  /** The latest jobs whose action begins like this. */
  List<BulkJob> latest(String action, int atMost) {
    return jdbc.sql(SHOW + " where starts_with(action, ?) order by id desc limit ?")
        .params(action, atMost)
        .query((row, _) -> job(row))
        .list();
  }

  List<BulkItem> items(UUID job, int after, int atMost) {
    return jdbc.sql(
            "select * from bulk_repair_item where job = ? and position > ? order by position limit ?")
        .params(job, after, atMost)
        .query((row, _) -> item(row))
        .list();
  }

  /**
   * Locks a job that is due until the transaction ends, and moves its next item away by its rate.
   */
  Optional<BulkJob> claim() {
    return jdbc.sql(CLAIM).query((row, _) -> job(row)).optional();
  }

  /** Locks this job, and moves its next item away by its rate. */
  void lock(UUID job) {
    jdbc.sql(LOCK).param(job).update();
  }

  /** The next item that was not tried. */
  Optional<BulkItem> next(UUID job) {
    return jdbc.sql(NEXT).param(job).query((row, _) -> item(row)).optional();
  }

  void result(UUID job, BulkItem item, String result, @Nullable String detail) {
    jdbc.sql(RESULT).param(result).param(detail).param(job).param(item.position()).update();
  }

  void end(UUID job) {
    jdbc.sql(
            "update bulk_repair set ended_at = clock_timestamp() where id = ? and ended_at is null")
        .param(job)
        .update();
  }

  /** How long until something is due; this long when nothing is. */
  Duration rest(Duration idle) {
    double seconds = jdbc.sql(DUE).param(idle.toMillis() / 1e3).query(Double.class).single();
    return Duration.ofMillis((long) (seconds * 1e3));
  }

  private static BulkJob job(ResultSet row) throws SQLException {
    return new BulkJob(
        row.getObject("id", UUID.class),
        row.getString("action"),
        row.getString("filter"),
        row.getString("actor"),
        row.getString("reason"),
        row.getInt("rate"),
        row.getInt("items"),
        row.getInt("done"),
        row.getInt("refused"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "ended_at"));
  }

  private static BulkItem item(ResultSet row) throws SQLException {
    return new BulkItem(
        row.getInt("position"),
        row.getString("subject"),
        row.getObject("version", Integer.class),
        row.getString("result"),
        row.getString("detail"),
        instant(row, "at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
