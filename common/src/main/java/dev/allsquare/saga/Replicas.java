package dev.allsquare.saga;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What the replicas of this service tell each other about their code, so that new sagas take a
 * version that all of them know. A replica that joins is heard at the others' next beat; until then
 * they may start what it does not know, and it leaves those sagas to them. One that leaves without
 * a word is forgotten after a few beats.
 */
final class Replicas {

  private static final String BEAT =
      """
      insert into saga_replica (instance, definitions, seen_at) values (?, ?::jsonb, clock_timestamp())
      on conflict (instance) do update set definitions = excluded.definitions, seen_at = excluded.seen_at
      returning seen_at
      """;

  private static final String LIVE =
      "select definitions::text from saga_replica"
          + " where seen_at > clock_timestamp() - make_interval(secs => ?)";

  private static final String KNOWN =
      "select exists (select from saga_replica where seen_at > clock_timestamp() -"
          + " make_interval(secs => ?) and definitions @> ?::jsonb)";

  private static final String FORGET =
      "delete from saga_replica where seen_at < clock_timestamp() - make_interval(secs => ?)";

  private final JdbcOperations jdbc;
  private final Definitions definitions;
  private final DatabaseTime time;
  private final String instance;
  private final Duration life;

  /** The versions of each saga that one replica knows. */
  private record Known(Map<String, List<Integer>> sagas) {}

  Replicas(
      JdbcOperations jdbc,
      Definitions definitions,
      DatabaseTime time,
      String instance,
      Duration life) {
    this.jdbc = jdbc;
    this.definitions = definitions;
    this.time = time;
    this.instance = instance;
    this.life = life;
  }

  /** Says that we live, hears what time it is, and agrees with the others on versions. */
  void beat() {
    var known = Json.write(new Known(definitions.advertised()));
    var seenAt = jdbc.queryForObject(BEAT, OffsetDateTime.class, instance, known);
    time.told(Objects.requireNonNull(seenAt).toInstant());
    var live =
        jdbc.query(
            LIVE,
            (row, _) -> Json.read(row.getString(1), Known.class).sagas(),
            life.toMillis() / 1e3);
    definitions.agree(live);
    jdbc.update(FORGET, 20 * life.toMillis() / 1e3);
  }

  /** Whether a replica that lives has said that it knows this version. */
  boolean know(String saga, int version) {
    var known = Json.write(new Known(Map.of(saga, List.of(version))));
    return Boolean.TRUE.equals(
        jdbc.queryForObject(KNOWN, Boolean.class, life.toMillis() / 1e3, known));
  }

  void leave() {
    jdbc.update("delete from saga_replica where instance = ?", instance);
  }
}
