package dev.allsquare.outbox;

import static dev.allsquare.outbox.Bound.array;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which shards this relay may drain. The relays that live share them evenly; the shards of one that
 * died fall to the others when its leases end. Time is the database's; this machine's clock only
 * measures how long ago it was asked.
 *
 * <p>Order per key does not hang on leases: whoever sends a row has seen all earlier rows of its
 * key acknowledged or gone. They keep two relays from sending the same rows at the same time.
 */
final class Leases {

  private static final String SEEN =
      """
      with gone as (delete from outbox_relay where seen_at < clock_timestamp() - 20 * make_interval(secs => ?)),
           me as (insert into outbox_relay (instance, seen_at) values (?, clock_timestamp())
                  on conflict (instance) do update set seen_at = excluded.seen_at)
      select count(*) from outbox_relay
       where instance <> ? and seen_at > clock_timestamp() - make_interval(secs => ?)
      """;

  private static final String RENEW =
      """
      update outbox_lease set until = clock_timestamp() + make_interval(secs => ?)
       where owner = ? and shard = any(?) returning shard
      """;

  private static final String TAKE =
      """
      update outbox_lease set owner = ?, until = clock_timestamp() + make_interval(secs => ?)
       where shard in (select shard from outbox_lease
                        where owner is null or until < clock_timestamp()
                        order by shard limit ? for update skip locked)
      returning shard
      """;

  private static final String RELEASE =
      "update outbox_lease set owner = null, until = null where owner = ? and shard = any(?)";

  private final JdbcOperations jdbc;
  private final TransactionOperations transactions;
  private final String instance;
  private final Duration lease;
  private final LongSupplier nanoTime;
  private final Set<Integer> owned = new TreeSet<>();
  private boolean sending = true;
  private boolean beaten;
  private long renewedAt;

  Leases(JdbcOperations jdbc, TransactionOperations transactions, String instance, Duration lease) {
    this(jdbc, transactions, instance, lease, System::nanoTime);
  }

  Leases(
      JdbcOperations jdbc,
      TransactionOperations transactions,
      String instance,
      Duration lease,
      LongSupplier nanoTime) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.instance = instance;
    this.lease = lease;
    this.nanoTime = nanoTime;
  }

  String instance() {
    return instance;
  }

  /** Renews, takes up to the fair share, and gives away what is above it and not busy. */
  void beat(Collection<Integer> busy) {
    long asked = nanoTime.getAsLong();
    var kept =
        transactions.execute(
            _ -> {
              int fair = Math.ceilDiv(Row.SHARDS, 1 + othersAlive());
              var keep = share(fair, busy);
              var result = new TreeSet<>(renew(keep));
              release(owned.stream().filter(shard -> !keep.contains(shard)).toList());
              if (result.size() < fair) {
                result.addAll(take(fair - result.size()));
              }
              return result;
            });
    owned.clear();
    owned.addAll(kept);
    renewedAt = asked;
    beaten = true;
  }

  /** The shards to drain; empty once the leases may have ended. */
  Set<Integer> held() {
    return valid() ? Set.copyOf(owned) : Set.of();
  }

  boolean holds(int shard) {
    return valid() && owned.contains(shard);
  }

  boolean beatIsDue() {
    return !beaten || nanoTime.getAsLong() - renewedAt >= lease.toNanos() / 3;
  }

  /** From now on what is owned may be sent; all of it has to be asked for first. */
  void startSending() {
    sending = true;
    beaten = false;
  }

  /** From now on nothing is held for sending, though the shards stay ours until we leave. */
  void stopSending() {
    sending = false;
  }

  /** Leaves at once, so that the others need not wait for the leases to end. */
  void leave() {
    transactions.executeWithoutResult(
        _ -> {
          release(List.copyOf(owned));
          jdbc.update("delete from outbox_relay where instance = ?", instance);
        });
    owned.clear();
  }

  private boolean valid() {
    return sending && beaten && nanoTime.getAsLong() - renewedAt < lease.toNanos();
  }

  private int othersAlive() {
    Integer others =
        jdbc.queryForObject(SEEN, Integer.class, seconds(), instance, instance, seconds());
    return others == null ? 0 : others;
  }

  private Set<Integer> share(int fair, Collection<Integer> busy) {
    var keep = new TreeSet<Integer>();
    owned.stream().filter(busy::contains).forEach(keep::add);
    owned.stream().filter(_ -> keep.size() < fair).forEach(keep::add);
    return keep;
  }

  private List<Integer> renew(Collection<Integer> shards) {
    return shards.isEmpty()
        ? List.of()
        : jdbc.query(
            Bound.statement(
                RENEW,
                statement -> {
                  statement.setDouble(1, seconds());
                  statement.setString(2, instance);
                  array(statement, 3, "int2", shards.toArray());
                }),
            (row, _) -> row.getInt(1));
  }

  private List<Integer> take(int count) {
    return new ArrayList<>(jdbc.query(TAKE, (row, _) -> row.getInt(1), instance, seconds(), count));
  }

  private void release(List<Integer> shards) {
    if (!shards.isEmpty()) {
      jdbc.update(
          Bound.statement(
              RELEASE,
              statement -> {
                statement.setString(1, instance);
                array(statement, 2, "int2", shards.toArray());
              }));
    }
  }

  private double seconds() {
    return lease.toNanos() / 1e9;
  }
}
