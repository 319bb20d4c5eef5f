package dev.allsquare.saga;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads sagas for people. */
final class SagaSearch {

  private static final String COLUMNS =
      "id, type, version, revision, business_key, state, direction, reason, parked, waiting_for,"
          + " created_at, updated_at";

  private static final String SHOW =
      "select " + COLUMNS + ", data::text, steps::text from saga where id = ?";

  private static final String HISTORY =
      "select at, entries::text from saga_history where saga_id = ? order by revision";

  private static final String REPAIRS =
      "select at, actor, action, reason from operator_audit"
          + " where subject = ? and action like 'saga.%' order by seq";

  /**
   * One saga in a list.
   *
   * @param definition the version of its definition
   * @param version counts its changes; a repair names the one it was decided on
   * @param direction which way it goes, or went before it was parked
   * @param reason what turned it round
   * @param parked why it is parked
   * @param waitingFor the steps it cannot go on without
   */
  record Found(
      UUID id,
      String type,
      int definition,
      int version,
      String businessKey,
      String state,
      String direction,
      @Nullable String reason,
      @Nullable String parked,
      List<String> waitingFor,
      Instant createdAt,
      Instant updatedAt) {}

  /** One line of the timeline. */
  record Moment(Instant at, @JsonUnwrapped Entry entry) {}

  /** What an operator did to it. */
  record Repaired(Instant at, String actor, String action, String reason) {}

  /**
   * One saga with everything that is known of it.
   *
   * @param nextTimer when time alone will make something happen; absent when only others can
   * @param steps where each step stands in either direction, and when it is due
   */
  record Story(
      @JsonUnwrapped Found saga,
      @Nullable Instant nextTimer,
      Map<?, ?> data,
      Map<?, ?> steps,
      List<Moment> timeline,
      List<Repaired> repairs) {}

  private final JdbcClient jdbc;

  SagaSearch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A page of those that are as asked, newest first. */
  SagasEndpoint.Page page(
      SagasEndpoint.@Nullable State state, SagaFilter filter, @Nullable UUID after, int size) {
    var question = new Question(state, filter, after);
    var found =
        jdbc.sql(question.page(COLUMNS, size + 1))
            .params(question.parameters())
            .query((row, _) -> found(row))
            .list();
    return found.size() <= size
        ? new SagasEndpoint.Page(found, whereItStopped(question))
        : new SagasEndpoint.Page(found.subList(0, size), found.get(size - 1).id());
  }

  private @Nullable UUID whereItStopped(Question question) {
    return jdbc.sql(question.end())
        .params(question.parameters())
        .query(UUID.class)
        .optional()
        .orElse(null);
  }

  /** Those that are parked and as asked, the oldest first. */
  List<ParkedSagas.Parked> parked(SagaFilter filter, int atMost) {
    var question = new Question(SagasEndpoint.State.PARKED, filter, null);
    return jdbc.sql(question.oldest(atMost))
        .params(question.parameters())
        .query(
            (row, _) ->
                new ParkedSagas.Parked(
                    row.getObject("id", UUID.class),
                    row.getInt("revision"),
                    row.getString("type"),
                    row.getString("business_key"),
                    row.getString("parked")))
        .list();
  }

  Optional<Story> story(UUID id) {
    var timeline = timeline(id);
    var repairs = repairs(id);
    return jdbc.sql(SHOW).param(id).query((row, _) -> story(row, timeline, repairs)).optional();
  }

  private static Story story(ResultSet row, List<Moment> timeline, List<Repaired> repairs)
      throws SQLException {
    return new Story(
        found(row),
        nextTimer(row),
        Json.read(row.getString("data"), Map.class),
        Json.read(row.getString("steps"), Map.class),
        timeline,
        repairs);
  }

  private static @Nullable Instant nextTimer(ResultSet row) throws SQLException {
    var phase = Row.phase(row.getString("state"), row.getString("direction"));
    var parked = row.getString("parked");
    return Json.instance(
            row.getObject("id", UUID.class), phase, null, parked, row.getString("steps"))
        .dueAt();
  }

  private List<Repaired> repairs(UUID id) {
    return jdbc.sql(REPAIRS)
        .param(id.toString())
        .query(
            (row, _) ->
                new Repaired(
                    instant(row, "at"),
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("reason")))
        .list();
  }

  private List<Moment> timeline(UUID id) {
    return jdbc.sql(HISTORY).param(id).query((row, _) -> moments(row)).list().stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<Moment> moments(ResultSet row) throws SQLException {
    var at = instant(row, "at");
    return Json.entries(row.getString("entries")).stream()
        .map(entry -> new Moment(at, entry))
        .toList();
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        row.getObject("id", UUID.class),
        row.getString("type"),
        row.getInt("version"),
        row.getInt("revision"),
        row.getString("business_key"),
        row.getString("state"),
        row.getString("direction"),
        row.getString("reason"),
        row.getString("parked"),
        strings(row.getArray("waiting_for")),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  private static List<String> strings(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
