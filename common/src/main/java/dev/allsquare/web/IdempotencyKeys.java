package dev.allsquare.web;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The keys that were used, each committed with the effect of its request and kept seven days. */
public final class IdempotencyKeys {

  /**
   * Three commands, one round trip. A key another transaction is using makes the insert wait for
   * its end, and ON CONFLICT DO UPDATE then sees what that one committed, which DO NOTHING would
   * not. OLD is null where the row is new.
   */
  private static final String CLAIM =
      """
      set local lock_timeout = :wait;
      insert into idempotency_key as known (scope, key, fingerprint, resource)
      select * from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as use order by 1, 2
      on conflict (scope, key) do update set key = known.key
      returning old.key is null, new.scope, new.key, new.fingerprint, new.resource;
      set local lock_timeout to default\
      """;

  private static final String PURGE =
      """
      delete from idempotency_key where ctid = any (array(
        select ctid from idempotency_key
        where used_at < now() - make_interval(secs => ?) limit ? for update skip locked))
      """;

  /**
   * A key about to be used for this resource.
   *
   * @param resource what a repeat will be answered with, such as the new order's id
   */
  public record Use(IdempotencyKey key, String resource) {}

  /** What became of a use, in the order given. */
  public sealed interface Claim {
    /** First use: go on. */
    record Fresh(String resource) implements Claim {}

    /** Used before for the same request: this is what it made. */
    record Repeat(String resource) implements Claim {}

    /** Used before for another request: answer 422. */
    record Mismatch() implements Claim {

      /** The answer. */
      public Problem problem() {
        return new Problem(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "idempotency-key-reused",
            "This Idempotency-Key was used for another request: take a fresh one.");
      }
    }
  }

  private record Id(String scope, String key) {
    static final Comparator<Id> ORDER = Comparator.comparing(Id::scope).thenComparing(Id::key);

    static Id of(Use use) {
      return new Id(use.key().scope(), use.key().key());
    }
  }

  private record Row(boolean fresh, String fingerprint, String resource) {}

  /** The SQLState of a lock timeout. */
  private static final String LOCKED = "55P03";

  private final JdbcOperations jdbc;
  private final String claim;

  IdempotencyKeys(JdbcOperations jdbc, Duration wait) {
    this.jdbc = jdbc;
    this.claim = CLAIM.replace(":wait", String.valueOf(wait.toMillis()));
  }

  /**
   * Claims the keys in one statement, in the caller's transaction; of two equal keys in one batch
   * the first is fresh. Waits up to one second for another transaction that is using a key.
   *
   * @throws Problem 409 when that second passes; the transaction is then to be rolled back
   */
  public List<Claim> claim(List<Use> uses) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("keys are claimed in the transaction of what they stand for");
    }
    var firsts = new TreeMap<Id, Use>(Id.ORDER);
    uses.forEach(use -> firsts.putIfAbsent(Id.of(use), use));
    var rows = insert(List.copyOf(firsts.values()));
    var taken = new HashSet<Id>();
    var claims = new ArrayList<Claim>();
    for (var use : uses) {
      var row = rows.get(Id.of(use));
      if (row == null) {
        throw new IllegalStateException("a claimed key has no row");
      }
      claims.add(verdict(use, row, taken.add(Id.of(use))));
    }
    return claims;
  }

  private static Claim verdict(Use use, Row row, boolean first) {
    if (row.fresh() && first) {
      return new Claim.Fresh(row.resource());
    }
    return row.fingerprint().equals(use.key().fingerprint())
        ? new Claim.Repeat(row.resource())
        : new Claim.Mismatch();
  }

  private Map<Id, Row> insert(List<Use> uses) {
    try {
      var rows = jdbc.execute((Connection connection) -> insert(connection, uses));
      return rows == null ? Map.of() : rows;
    } catch (DataAccessException e) {
      throw e.getRootCause() instanceof SQLException sql && LOCKED.equals(sql.getSQLState())
          ? inProgress()
          : e;
    }
  }

  private static Problem inProgress() {
    return new Problem(
            HttpStatus.CONFLICT,
            "request-in-progress",
            "A request with this Idempotency-Key is being served: repeat it in a moment.")
        .with(HttpHeaders.RETRY_AFTER, "1");
  }

  private Map<Id, Row> insert(Connection connection, List<Use> uses) throws SQLException {
    try (var statement = connection.prepareStatement(claim)) {
      statement.setArray(1, texts(connection, uses, use -> use.key().scope()));
      statement.setArray(2, texts(connection, uses, use -> use.key().key()));
      statement.setArray(3, texts(connection, uses, use -> use.key().fingerprint()));
      statement.setArray(4, texts(connection, uses, Use::resource));
      statement.execute();
      statement.getMoreResults();
      return rows(statement);
    }
  }

  private static java.sql.Array texts(
      Connection connection, List<Use> uses, Function<Use, String> column) throws SQLException {
    return connection.createArrayOf("text", uses.stream().map(column).toArray());
  }

  private static Map<Id, Row> rows(PreparedStatement statement) throws SQLException {
    var rows = new HashMap<Id, Row>();
    try (ResultSet found = statement.getResultSet()) {
      while (found.next()) {
        rows.put(
            new Id(found.getString(2), found.getString(3)),
            new Row(found.getBoolean(1), found.getString(4), found.getString(5)));
      }
    }
    return rows;
  }

  /** Forgets at most so many keys of those that are older. */
  int purge(Duration retention, int atMost) {
    return jdbc.update(PURGE, retention.toSeconds(), atMost);
  }
}
