package dev.allsquare.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of dead letters. */
final class DeadLetterRows {

  private static final String INSERT =
      """
      insert into dead_letter (id, topic, partition_no, partition_offset, key, headers, payload,
                               cause, why, at)
      values (:id, :topic, :partition, :offset, :key, cast(:headers as json), :payload,
              :cause, :why, :at)
      on conflict (topic, id) do nothing
      """;

  private static final String DISCARD =
      """
      delete from dead_letter where seq = any (array(
        select seq from dead_letter
        where at < now() - make_interval(secs => :age)
        order by seq limit :limit for update skip locked))
      """;

  private static final String COLUMNS =
      "seq, id, topic, key, cause, why, at, headers, payload, partition_no, partition_offset";

  private static final String SUMMARY = "select " + COLUMNS + " from dead_letter ";

  private static final String SELECT =
      """
      select seq, topic, cause, why, at from dead_letter
       where (:topic::text is null or topic = :topic) and (:cause::text is null or cause = :cause)
         and (:age::float8 is null or at <= clock_timestamp() - make_interval(secs => :age))
         and (:why::text is null or position(lower(:why) in lower(why)) > 0)
       order by seq limit :limit
      """;

  private final JdbcClient jdbc;

  DeadLetterRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether the row is new. */
  boolean insert(DeadLetterRow row) {
    return jdbc.sql(INSERT)
            .param("id", row.id())
            .param("topic", row.topic())
            .param("partition", row.partition(), Types.INTEGER)
            .param("offset", row.offset(), Types.BIGINT)
            .param("key", row.key(), Types.BINARY)
            .param("headers", row.headers())
            .param("payload", row.payload(), Types.BINARY)
            .param("cause", row.cause().name())
            .param("why", row.why())
            .param("at", OffsetDateTime.ofInstant(row.at(), ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Newest first; those before {@code before}, of the topic if one is given. */
  List<DeadLetter> page(@Nullable String topic, long before, int limit) {
    String ofTopic = topic == null ? "" : " and topic = :topic";
    return jdbc.sql(SUMMARY + "where seq < :before" + ofTopic + " order by seq desc limit :limit")
        .param("before", before)
        .param("topic", topic, Types.VARCHAR)
        .param("limit", limit)
        .query(DeadLetterRows::read)
        .list();
  }

  /** The oldest first; what is absent is whatever it may be. */
  List<DeadLetterSelection.Selected> select(
      @Nullable String topic,
      @Nullable String cause,
      @Nullable Duration olderThan,
      @Nullable String why,
      int atMost) {
    return jdbc.sql(SELECT)
        .param("topic", topic, Types.VARCHAR)
        .param("cause", cause, Types.VARCHAR)
        .param("age", olderThan == null ? null : olderThan.toMillis() / 1e3, Types.DOUBLE)
        .param("why", why, Types.VARCHAR)
        .param("limit", atMost)
        .query(
            (row, _) ->
                new DeadLetterSelection.Selected(
                    row.getLong("seq"),
                    row.getString("topic"),
                    row.getString("cause"),
                    row.getString("why"),
                    row.getObject("at", OffsetDateTime.class).toInstant()))
        .list();
  }

  Optional<DeadLetter> find(long seq) {
    return jdbc.sql(SUMMARY + "where seq = :seq")
        .param("seq", seq)
        .query(DeadLetterRows::read)
        .optional();
  }

  /** Discards at most so many of those that are older, and says how many those were. */
  int discard(Duration age, int atMost) {
    return jdbc.sql(DISCARD).param("age", age.toSeconds()).param("limit", atMost).update();
  }

  /** Deletes the row and returns it. Of two who want it one waits, and then finds nothing. */
  Optional<DeadLetter> take(long seq) {
    return jdbc.sql("delete from dead_letter where seq = :seq returning " + COLUMNS)
        .param("seq", seq)
        .query(DeadLetterRows::read)
        .optional();
  }

  /** A verdict that is none: who is asked again under this id tries again. */
  void forgetFailure(UUID messageId) {
    jdbc.sql("delete from inbox where message_id = :id and verdict = 'FAILED'")
        .param("id", messageId)
        .update();
  }

  private static DeadLetter read(ResultSet rs, int rowNumber) throws SQLException {
    return new DeadLetter(
        rs.getLong("seq"),
        rs.getObject("id", UUID.class),
        rs.getString("topic"),
        rs.getObject("partition_no", Integer.class),
        rs.getObject("partition_offset", Long.class),
        DeadLetter.text(rs.getBytes("key")),
        rs.getString("cause"),
        rs.getString("why"),
        rs.getObject("at", OffsetDateTime.class).toInstant(),
        rs.getString("headers"),
        DeadLetter.text(rs.getBytes("payload")));
  }
}
