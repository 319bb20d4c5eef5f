package dev.allsquare.saga;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcOperations;

/** The statements on the saga tables; each takes any number of sagas. */
final class SagaTable {

  private static final String COLUMNS =
      "id, type, version, business_key, traceparent, data::text, revision, wake_at,"
          + " clock_timestamp() as read_at, state, direction, reason, parked, steps::text";

  // Everyone locks in the order of the ids, so that nobody waits for each other.
  private static final String LOCK =
      "select " + COLUMNS + " from saga where id = any(?) order by id for update";

  private static final String LOCK_DUE =
      "select "
          + COLUMNS
          + " from saga where wake_at <= clock_timestamp() and state in ('RUNNING', 'COMPENSATING')"
          + " order by wake_at limit ? for update skip locked";

  private static final String DUE =
      "select id from saga where wake_at <= clock_timestamp()"
          + " and state in ('RUNNING', 'COMPENSATING') order by wake_at limit ?";

  private static final String INSERT =
      """
      insert into saga (id, type, version, business_key, traceparent, data, revision, wake_at,
                        state, direction, steps, waiting_for)
      select id, type, version, business_key, traceparent, data::jsonb, 0, wake_at,
             state, direction, steps::jsonb, string_to_array(waiting_for, ',')
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             as s (id, type, version, business_key, traceparent, data, wake_at, state, direction, steps, waiting_for)
      """;

  // "any" bounds what a plan can read that was made when the table had three rows. The join alone
  // would be planned as a way through the whole index, and stay so for as long as the plan is kept.
  private static final String UPDATE =
      """
      update saga
         set state = s.state, direction = s.direction, reason = s.reason, parked = s.parked,
             steps = s.steps::jsonb, waiting_for = string_to_array(s.waiting_for, ','),
             wake_at = s.wake_at, revision = saga.revision + 1, updated_at = clock_timestamp()
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
             as s (id, revision, state, direction, reason, parked, steps, waiting_for, wake_at)
       where saga.id = any(?) and saga.id = s.id and saga.revision = s.revision
      """;

  private static final String REMEMBER =
      """
      insert into saga_history (saga_id, revision, entries)
      select id, revision, entries::jsonb from unnest(?, ?, ?) as h (id, revision, entries)
      """;

  // Without reading it. Whoever else could, may have gone on with it meanwhile: then it is not due.
  private static final String PARK =
      """
      update saga
         set state = 'PARKED', parked = ?, wake_at = null, revision = revision + 1,
             updated_at = clock_timestamp()
       where id = ? and state in ('RUNNING', 'COMPENSATING') and wake_at <= clock_timestamp()
      returning revision
      """;

  private static final String REPLACE_DATA = "update saga set data = ?::jsonb where id = ?";

  private static final String LIVE =
      """
      select count(*) filter (where state <> 'PARKED'), count(*) filter (where state = 'PARKED')
        from saga where state in ('RUNNING', 'COMPENSATING', 'PARKED')
      """;

  /** What happened to one saga in one transaction. */
  record Chapter(UUID sagaId, int revision, List<Entry> entries) {}

  /** How many sagas have not ended. */
  record Live(long active, long parked) {}

  private final JdbcOperations jdbc;

  SagaTable(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks those of the sagas that exist until the transaction ends. */
  List<Row> lock(Collection<UUID> ids) {
    return jdbc.query(new Unnest<>(LOCK, ids).column("uuid", id -> id), (row, _) -> read(row));
  }

  /** Locks the sagas that are due by the database's clock and that nobody else has locked. */
  List<Row> lockDue(int limit) {
    return jdbc.query(LOCK_DUE, (row, _) -> read(row), limit);
  }

  /** The sagas that are due, by their ids alone: even those whose rows cannot be read. */
  List<UUID> due(int limit) {
    return jdbc.query(DUE, (row, _) -> row.getObject(1, UUID.class), limit);
  }

  void insert(List<Row> rows) {
    jdbc.update(
        new Unnest<>(INSERT, rows)
            .column("uuid", Row::id)
            .column("text", Row::type)
            .column("int4", Row::version)
            .column("text", Row::businessKey)
            .column("text", Row::traceparent)
            .column("text", Row::data)
            .column("timestamptz", Row::wakeAt)
            .column("text", Row::state)
            .column("text", row -> row.instance().phase().direction().name())
            .column("text", row -> Json.steps(row.instance()))
            .column("text", SagaTable::waitingFor));
  }

  /** Writes what became of locked rows. */
  void update(List<Row> rows) {
    int written =
        jdbc.update(
            new Unnest<>(UPDATE, rows)
                .column("uuid", Row::id)
                .column("int4", Row::revision)
                .column("text", Row::state)
                .column("text", row -> row.instance().phase().direction().name())
                .column("text", row -> row.instance().reason())
                .column("text", row -> row.instance().parked())
                .column("text", row -> Json.steps(row.instance()))
                .column("text", SagaTable::waitingFor)
                .column("timestamptz", Row::wakeAt)
                .column("uuid", Row::id));
    if (written != rows.size()) {
      throw new OptimisticLockingFailureException(
          "only " + written + " of " + rows.size() + " sagas were still as they had been read");
    }
  }

  void remember(List<Chapter> chapters) {
    jdbc.update(
        new Unnest<>(REMEMBER, chapters)
            .column("uuid", Chapter::sagaId)
            .column("int4", Chapter::revision)
            .column("text", chapter -> Json.write(chapter.entries())));
  }

  /** Parks a saga that is due, whatever its row holds. */
  void park(UUID id, String why) {
    var parked = List.of(Entry.of(Entry.What.PARKED, why));
    jdbc.queryForList(PARK, Integer.class, why, id)
        .forEach(revision -> remember(List.of(new Chapter(id, revision, parked))));
  }

  void replaceData(UUID id, String data) {
    jdbc.update(REPLACE_DATA, data, id);
  }

  Live countLive() {
    return jdbc.query(LIVE, (row, _) -> new Live(row.getLong(1), row.getLong(2))).getFirst();
  }

  private static String waitingFor(Row row) {
    return String.join(",", row.instance().waitingFor());
  }

  private static Row read(ResultSet row) throws SQLException {
    var id = row.getObject("id", UUID.class);
    var phase = Row.phase(row.getString("state"), row.getString("direction"));
    return new Row(
        id,
        row.getString("type"),
        row.getInt("version"),
        row.getString("business_key"),
        row.getString("traceparent"),
        row.getString("data"),
        row.getInt("revision"),
        instant(row.getObject("wake_at", OffsetDateTime.class)),
        row.getObject("read_at", OffsetDateTime.class).toInstant(),
        Json.instance(
            id, phase, row.getString("reason"), row.getString("parked"), row.getString("steps")));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
