package dev.allsquare.outbox;

import static dev.allsquare.outbox.Bound.array;

import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;

/** Keys whose next message the log will never take. They leave the hot table; all others flow. */
final class ParkedKeys {

  private static final String PARK =
      """
      insert into outbox_parked_key (aggregatetype, aggregateid, reason, parked_at)
      select ?, ?, ?, clock_timestamp() from outbox_lease where shard = ? and owner = ? for share
      on conflict do nothing
      """;

  // The share lock waits for a release that is under way: rows must not move to a key that is free.
  private static final String FOLLOW =
      """
      with parked as materialized (
             select aggregatetype, aggregateid from outbox_parked_key for share),
           moved as (
             delete from outbox o using parked p
              where o.seq = any(?)
                and o.aggregatetype = p.aggregatetype and o.aggregateid = p.aggregateid
             returning o.*)
      insert into outbox_parked select * from moved
      """;

  private static final String FREE =
      "delete from outbox_parked_key where aggregatetype = ? and aggregateid = ?";

  // With their old numbers, so that they go before what was written since.
  private static final String RETURN =
      """
      with freed as (
             delete from outbox_parked where aggregatetype = ? and aggregateid = ? returning *)
      insert into outbox select * from freed
      """;

  private final JdbcOperations jdbc;
  private final TransactionOperations transactions;

  ParkedKeys(JdbcOperations jdbc, TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Parks the lane's key, unless another relay has taken its shard over and must judge itself. */
  void park(Lane lane, String reason, String instance) {
    var key = lane.key();
    transactions.executeWithoutResult(
        _ -> {
          jdbc.update(PARK, key.topic(), key.key(), reason, lane.shard(), instance);
          follow(lane.seqs());
        });
  }

  /** Moves those of the rows whose key is parked. */
  void follow(List<Long> seqs) {
    var move = Bound.statement(FOLLOW, statement -> array(statement, 1, "int8", seqs.toArray()));
    transactions.executeWithoutResult(_ -> jdbc.update(move));
  }

  /**
   * Gives a key's rows back to the relay, in their old order and in the caller's transaction, and
   * says whether it was parked.
   */
  boolean release(Row.Key key) {
    boolean parked = jdbc.update(FREE, key.topic(), key.key()) == 1;
    jdbc.update(RETURN, key.topic(), key.key());
    return parked;
  }
}
