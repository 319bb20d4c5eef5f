package dev.allsquare.outbox;

import dev.allsquare.outbox.OutboxEndpoint.Parked;
import dev.allsquare.outbox.OutboxEndpoint.Shard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
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
       order by parked_at limit ?
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
    return jdbc.sql(PARKED).param(atMost).query((row, _) -> parked(row)).list();
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
