package dev.allsquare.participant;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.participant.Judge.Judged;
import dev.allsquare.participant.Outcome.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Inbox and barrier in the database: one statement reads both for a whole batch, one writes each.
 * Keys go in sorted, so that two batches cannot deadlock; the row counts tell a lost race.
 */
final class Records {

  /**
   * The bounds let PostgreSQL skip the partitions of other days, whatever plan it has cached.
   * {@code any(array)} alone would not.
   */
  private static final String SELECT =
      """
      select message_id as id, null as step, null as direction, verdict, reason
      from inbox
      where message_id between cast(:firstId as uuid) and cast(:lastId as uuid)
        and message_id = any(cast(:ids as uuid[]))
      union all
      select saga_id, step, direction, verdict, reason
      from barrier
      where saga_id between cast(:firstSaga as uuid) and cast(:lastSaga as uuid)
        and saga_id = any(cast(:sagas as uuid[]))
      """;

  private static final String INSERT_INBOX =
      """
      insert into inbox (message_id, verdict, reason, pending)
      select * from unnest(cast(:ids as uuid[]), cast(:verdicts as text[]),
                           cast(:reasons as text[]), cast(:pending as jsonb[]))
      on conflict do nothing
      """;

  /** Only a refusal may be replaced: it changed nothing, so another try may end differently. */
  private static final String INSERT_BARRIER =
      """
      insert into barrier as known (saga_id, step, direction, verdict, reason)
      select * from unnest(cast(:sagas as uuid[]), cast(:steps as text[]),
                           cast(:directions as text[]), cast(:verdicts as text[]),
                           cast(:reasons as text[]))
      on conflict (saga_id, step, direction) do update
        set verdict = excluded.verdict, reason = excluded.reason
        where known.verdict = 'REFUSED'
      """;

  /** Changes nothing but makes a late answer wait, or be seen. */
  private static final String LOCK_PENDING =
      """
      update barrier set verdict = 'PENDING'
      from unnest(cast(:sagas as uuid[]), cast(:steps as text[]), cast(:directions as text[]))
        as wanted(saga, step, direction)
      where barrier.saga_id = any(cast(:sagas as uuid[]))
        and barrier.saga_id = wanted.saga and barrier.step = wanted.step
        and barrier.direction = wanted.direction and barrier.verdict = 'PENDING'
      """;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;

  Records(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is known of the messages and of all steps of their sagas. */
  Knowledge read(List<Message> batch) {
    SortedSet<UUID> ids = new TreeSet<>();
    SortedSet<UUID> sagas = new TreeSet<>();
    for (Message message : batch) {
      ids.add(message.id());
      sagas.add(message.saga() == null ? message.id() : message.saga().sagaId());
    }
    var known = new Knowledge(new HashMap<>(), new HashMap<>());
    jdbc.sql(SELECT)
        .param("firstId", ids.getFirst())
        .param("lastId", ids.getLast())
        .param("ids", texts(ids, UUID::toString))
        .param("firstSaga", sagas.getFirst())
        .param("lastSaga", sagas.getLast())
        .param("sagas", texts(sagas, UUID::toString))
        .query(
            rs -> {
              add(rs, known);
            });
    return known;
  }

  private static void add(ResultSet rs, Knowledge known) throws SQLException {
    var id = rs.getObject("id", UUID.class);
    var outcome = new Outcome(State.valueOf(rs.getString("verdict")), rs.getString("reason"));
    String step = rs.getString("step");
    if (step == null) {
      known.inbox().put(id, outcome);
    } else {
      var key = new StepKey(id, step, Direction.valueOf(rs.getString("direction")));
      known.barrier().put(key, outcome);
    }
  }

  /**
   * Writes what the judge decided.
   *
   * @throws LostRace when somebody else decided one of these things meanwhile
   */
  void write(Judge judge) {
    lockPending(judge.reliedOnPending());
    insertInbox(judge.newInbox().values());
    insertBarrier(judge.newBarrier());
  }

  private void lockPending(Collection<StepKey> unsorted) {
    if (unsorted.isEmpty()) {
      return;
    }
    var keys = new TreeSet<>(unsorted);
    int locked =
        jdbc.sql(LOCK_PENDING)
            .param("sagas", texts(keys, key -> key.sagaId().toString()))
            .param("steps", texts(keys, StepKey::step))
            .param("directions", texts(keys, key -> key.direction().name()))
            .update();
    LostRace.unlessEqual(keys.size(), locked, "pending steps");
  }

  void insertInbox(Collection<Judged> judged) {
    if (judged.isEmpty()) {
      return;
    }
    int inserted =
        jdbc.sql(INSERT_INBOX)
            .param("ids", texts(judged, it -> it.command().id().toString()))
            .param("verdicts", texts(judged, it -> it.outcome().state().name()))
            .param("reasons", texts(judged, it -> it.outcome().reason()))
            .param("pending", texts(judged, Records::pending))
            .update();
    LostRace.unlessEqual(judged.size(), inserted, "inbox rows");
  }

  private static @Nullable String pending(Judged judged) {
    return judged.outcome().state() == State.PENDING
        ? JSON.writeValueAsString(ReplyAddress.of(judged.command()))
        : null;
  }

  private void insertBarrier(SortedMap<StepKey, Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    int written =
        jdbc.sql(INSERT_BARRIER)
            .param("sagas", texts(outcomes.keySet(), key -> key.sagaId().toString()))
            .param("steps", texts(outcomes.keySet(), StepKey::step))
            .param("directions", texts(outcomes.keySet(), key -> key.direction().name()))
            .param("verdicts", texts(outcomes.values(), it -> it.state().name()))
            .param("reasons", texts(outcomes.values(), Outcome::reason))
            .update();
    LostRace.unlessEqual(outcomes.size(), written, "barrier rows");
  }

  private static <T> @Nullable String[] texts(
      Collection<T> values, Function<T, @Nullable String> text) {
    return values.stream().map(text).toArray(String[]::new);
  }
}
