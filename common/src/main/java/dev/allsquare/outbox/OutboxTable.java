package dev.allsquare.outbox;

import static dev.allsquare.outbox.Bound.array;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;

/** The statements on the hot table: one each for any number of rows. */
final class OutboxTable {

  /** So many of the oldest rows are read to tell whether a message still waits. */
  static final int READ_AT_MOST = 20_000;

  private static final String COLUMNS =
      "id, shard, aggregatetype, aggregateid, type, payload, source, subject, time, sagaid,"
          + " sagatype, step, direction, replyto, causationid, traceparent";

  // The identity is drawn row by row in the order of the ordinality: that is the order per key.
  private static final String INSERT =
      """
      insert into outbox (%1$s)
      select %1$s from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             with ordinality as m (%1$s, position) order by position
      """
          .formatted(COLUMNS);

  // A crash may undo this delete. The rows are sent again then, and the inbox absorbs them: not
  // worth waiting for the disk.
  private static final String DELETE =
      """
      with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
      delete from outbox using relaxed where seq = any(?)
      """;

  // The select still sees what is deleted beside it. Both lists are subselects because those are
  // hashed: an array that is a parameter would be searched from end to end for every row.
  private static final String EXCHANGE =
      """
      with relaxed as materialized (select set_config('synchronous_commit', 'off', true)),
           gone as (delete from outbox using relaxed where seq = any(?))
      select seq, %s,
             exists (select from outbox_parked_key k
                     where k.aggregatetype = o.aggregatetype and k.aggregateid = o.aggregateid) as parked
        from outbox o
       where shard = any(?)
         and aggregatetype || ' ' || aggregateid not in (select unnest(?)) and seq not in (select unnest(?))
       order by seq limit ?
      """
          .formatted(COLUMNS);

  private static final String EXCHANGE_PAST_TOPICS =
      EXCHANGE.replace(
          "where shard = any(?)",
          "where shard = any(?) and aggregatetype not in (select unnest(?))");

  // What stands so far in front of the log that most of it would have to be read counts as waiting.
  // A backlog is as long as the log has been away; the sweep asks again and again.
  private static final String WAITING =
      """
      with backlog as materialized (select id from outbox order by seq limit %1$d)
      select id from unnest(?) as asked (id)
       where (select count(*) from backlog) = %1$d
          or id in (select id from backlog)
          or id in (select id from outbox_parked)
      """
          .formatted(READ_AT_MOST);

  private static final String DEPTH =
      """
      select count(*), (select time from outbox order by seq limit 1),
             (select count(*) from outbox_parked_key)
      from outbox
      """;

  private static final String PARKED =
      "select id from outbox_parked where id in (select unnest(?))";

  /** How many rows wait, since when the first of them, and how many keys are parked. */
  record Depth(long rows, @Nullable Instant oldest, long parkedKeys) {}

  private final JdbcOperations jdbc;

  OutboxTable(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  void insert(List<Message> messages) {
    jdbc.update(Bound.statement(INSERT, statement -> bind(statement, messages)));
  }

  /**
   * Deletes what was sent, and finds the oldest rows of these shards, not of keys that must wait.
   */
  List<Row> exchange(List<Long> sent, Collection<Integer> shards, Detour detour, int limit) {
    return jdbc.query(
        Bound.statement(
            detour.isLong() ? EXCHANGE_PAST_TOPICS : EXCHANGE,
            statement -> {
              int at = 0;
              array(statement, ++at, "int8", sent.toArray());
              array(statement, ++at, "int2", shards.toArray());
              if (detour.isLong()) {
                array(statement, ++at, "text", detour.topics().toArray());
              }
              array(statement, ++at, "text", detour.keys().toArray());
              array(statement, ++at, "int8", sent.toArray());
              statement.setInt(++at, limit);
            }),
        (row, _) -> row(row));
  }

  void delete(List<Long> seqs) {
    if (!seqs.isEmpty()) {
      jdbc.update(
          Bound.statement(DELETE, statement -> array(statement, 1, "int8", seqs.toArray())));
    }
  }

  Set<UUID> waiting(Set<UUID> ids) {
    return new HashSet<>(
        jdbc.query(
            Bound.statement(WAITING, statement -> array(statement, 1, "uuid", ids.toArray())),
            (row, _) -> row.getObject(1, UUID.class)));
  }

  Set<UUID> parked(Set<UUID> ids) {
    return new HashSet<>(
        jdbc.query(
            Bound.statement(PARKED, statement -> array(statement, 1, "uuid", ids.toArray())),
            (row, _) -> row.getObject(1, UUID.class)));
  }

  Depth depth() {
    return jdbc.query(DEPTH, (ResultSetExtractor<Depth>) OutboxTable::depth);
  }

  private static Depth depth(ResultSet row) throws SQLException {
    row.next();
    var oldest = row.getObject(2, OffsetDateTime.class);
    return new Depth(row.getLong(1), oldest == null ? null : oldest.toInstant(), row.getLong(3));
  }

  private static void bind(PreparedStatement statement, List<Message> messages)
      throws SQLException {
    array(statement, 1, "uuid", column(messages, Message::id));
    array(statement, 2, "int2", column(messages, Row::shardOf));
    array(statement, 3, "text", column(messages, Message::topic));
    array(statement, 4, "text", column(messages, Message::key));
    array(statement, 5, "text", column(messages, Message::type));
    array(statement, 6, "text", column(messages, Message::payload));
    array(statement, 7, "text", column(messages, Message::source));
    array(statement, 8, "text", column(messages, Message::subject));
    array(statement, 9, "timestamptz", column(messages, Message::time));
    array(statement, 10, "uuid", ofSaga(messages, SagaContext::sagaId));
    array(statement, 11, "text", ofSaga(messages, SagaContext::sagaType));
    array(statement, 12, "text", ofSaga(messages, SagaContext::step));
    array(statement, 13, "text", ofSaga(messages, SagaContext::direction));
    array(statement, 14, "text", ofSaga(messages, SagaContext::replyTo));
    array(statement, 15, "uuid", column(messages, Message::causationId));
    array(statement, 16, "text", column(messages, Message::traceparent));
  }

  private static @Nullable Object[] column(
      List<Message> messages, Function<Message, @Nullable Object> attribute) {
    return messages.stream().map(attribute).toArray();
  }

  private static @Nullable Object[] ofSaga(
      List<Message> messages, Function<SagaContext, Object> attribute) {
    return column(messages, m -> m.saga() == null ? null : attribute.apply(m.saga()));
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(row.getLong("seq"), row.getInt("shard"), row.getBoolean("parked"), message(row));
  }

  private static Message message(ResultSet row) throws SQLException {
    return new Message(
        row.getObject("id", UUID.class),
        row.getString("aggregatetype"),
        row.getString("aggregateid"),
        row.getString("type"),
        row.getString("source"),
        row.getString("subject"),
        instant(row),
        row.getString("payload"),
        saga(row),
        row.getObject("causationid", UUID.class),
        row.getString("traceparent"));
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return row.getObject("time", OffsetDateTime.class).toInstant();
  }

  private static @Nullable SagaContext saga(ResultSet row) throws SQLException {
    UUID sagaId = row.getObject("sagaid", UUID.class);
    return sagaId == null
        ? null
        : new SagaContext(
            sagaId,
            row.getString("sagatype"),
            row.getString("step"),
            Direction.valueOf(row.getString("direction")),
            row.getString("replyto"));
  }
}
