package dev.allsquare.outbox;

import dev.allsquare.outbox.OutboxEndpoint.Parked;
import dev.allsquare.outbox.OutboxEndpoint.ParkedKey;
import dev.allsquare.outbox.OutboxEndpoint.Shard;
import dev.allsquare.outbox.OutboxEndpoint.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The questions an operator asks; slow ones are allowed here. */
final class OutboxInspection {

  private static final String SHARDS =
      """
      select shard, coalesce(waiting, 0) as depth, owner, until
        from outbox_lease
        left join (select shard, count(*) as waiting from outbox group by shard) as o using (shard)
       order by shard
      """;

  private static final String OLDEST =
      "select extract(epoch from clock_timestamp() - time) from outbox order by seq limit 1";

  private static final String PARKED =
      """
      select aggregatetype, aggregateid, reason, parked_at,
             (select count(*) from outbox_parked p
               where p.aggregatetype = k.aggregatetype and p.aggregateid = k.aggregateid) as messages
        from outbox_parked_key k
      """;

  private static final String WAITING =
      """
      select id, type, subject, time, sagaid, step, payload from outbox_parked
       where aggregatetype = ? and aggregateid = ? order by seq limit ?
      """;

  private final JdbcClient jdbc;

  OutboxInspection(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Shard> shards() {
    return jdbc.sql(SHARDS)
        .query(
            (row, _) ->
                new Shard(
                    row.getInt("shard"),
                    row.getLong("depth"),
                    row.getString("owner"),
                    instant(row, "until")))
        .list();
  }

  double oldestAgeSeconds() {
    return jdbc.sql(OLDEST).query(Double.class).optional().map(age -> Math.max(0, age)).orElse(0.0);
  }

  List<Parked> parked(int atMost) {
    return jdbc.sql(PARKED + " order by parked_at limit ?")
        .param(atMost)
        .query((row, _) -> parked(row))
        .list();
  }

  Optional<ParkedKey> parked(Row.Key key, int atMost) {
    return jdbc.sql(PARKED + " where aggregatetype = ? and aggregateid = ?")
        .params(key.topic(), key.key())
        .query((row, _) -> parked(row))
        .optional()
        .map(parked -> new ParkedKey(parked, waiting(key, atMost)));
  }

  private List<Waiting> waiting(Row.Key key, int atMost) {
    return jdbc.sql(WAITING)
        .params(key.topic(), key.key(), atMost)
        .query((row, _) -> waiting(row))
        .list();
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    return new Waiting(
        row.getObject("id", UUID.class),
        row.getString("type"),
        row.getString("subject"),
        row.getObject("time", OffsetDateTime.class).toInstant(),
        row.getObject("sagaid", UUID.class),
        row.getString("step"),
        row.getString("payload"));
  }

  private static Parked parked(ResultSet row) throws SQLException {
    return new Parked(
        row.getString("aggregatetype"),
        row.getString("aggregateid"),
        row.getString("reason"),
        row.getObject("parked_at", OffsetDateTime.class).toInstant(),
        row.getLong("messages"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
