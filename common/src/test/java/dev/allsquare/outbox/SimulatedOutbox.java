package dev.allsquare.outbox;

import dev.allsquare.message.Message;
import dev.allsquare.outbox.SimulatedJdbc.Call;
import dev.allsquare.outbox.SimulatedJdbc.Columns;
import dev.allsquare.testing.Guard;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The tables of an outbox in memory, for real relays. The statements of {@link OutboxTable} and
 * {@link Leases} are recognised and answered by hand under the contract their SQL has; what
 * PostgreSQL makes of the SQL is for the tests on a real one. Each statement is atomic here, and so
 * is each heartbeat.
 *
 * <p>A message is stored with its row's number in the place of its trace, so that whoever meets it
 * later can tell repetitions from rows.
 */
public final class SimulatedOutbox {

  private enum Statement {
    EXCHANGE("select seq,"),
    DELETE("delete from outbox using relaxed"),
    DEPTH("select count(*), (select time"),
    SEEN("insert into outbox_relay"),
    RENEW("update outbox_lease set until"),
    TAKE("update outbox_lease set owner = ?"),
    RELEASE("update outbox_lease set owner = null");

    private static final Map<String, Statement> KNOWN = new ConcurrentHashMap<>();
    private final String words;

    Statement(String words) {
      this.words = words;
    }

    static Statement of(String sql) {
      return KNOWN.computeIfAbsent(
          sql,
          _ ->
              Arrays.stream(values())
                  .filter(statement -> sql.contains(statement.words))
                  .findFirst()
                  .orElseThrow(() -> new UnsupportedOperationException(sql)));
    }
  }

  private record Lease(@Nullable String owner, Instant until) {}

  private static final Lease FREE = new Lease(null, Instant.EPOCH);

  private final Supplier<Instant> clock;
  private final Set<Guard> off;
  private final NavigableMap<Long, Message> rows = new TreeMap<>();
  private final Map<String, Instant> seen = new HashMap<>();
  private final List<Lease> leases =
      new ArrayList<>(IntStream.range(0, Row.SHARDS).mapToObj(_ -> FREE).toList());
  private final JdbcOperations jdbc = SimulatedJdbc.over(this::answer);
  private long last;

  /**
   * An empty outbox.
   *
   * @param clock the database's
   * @param off the guards that are switched off
   */
  public SimulatedOutbox(Supplier<Instant> clock, Set<Guard> off) {
    this.clock = clock;
    this.off = off;
  }

  /** The number of the next row. Whoever draws it holds its key's lock, and commits later. */
  public long draw() {
    return ++last;
  }

  /** Commits a row. */
  public void insert(long seq, Message message) {
    rows.put(seq, numbered(message, seq));
  }

  /** The number of the row that this message was. */
  public static long seqOf(Message message) {
    return Long.parseLong(Objects.requireNonNull(message.traceparent()));
  }

  /** Which of these messages the log does not have yet. */
  public Set<UUID> stillWaiting(Collection<UUID> ids) {
    var waiting = new HashSet<UUID>();
    for (var message : rows.values()) {
      if (ids.contains(message.id())) {
        waiting.add(message.id());
      }
    }
    return waiting;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Whether the lease of this message's shard is this relay's. */
  public boolean isLeasedBy(String relay, Message message) {
    var lease = leases.get(Row.shardOf(message));
    return relay.equals(lease.owner()) && !lease.until().isBefore(clock.get());
  }

  JdbcOperations jdbc() {
    return jdbc;
  }

  private List<Columns> answer(Call call) {
    return switch (Statement.of(call.sql())) {
      case EXCHANGE -> exchange(call);
      case DELETE -> delete(call.array(0));
      case DEPTH -> List.of(depth());
      case SEEN -> seen(call.text(1), call.number(3));
      case RENEW -> renew(call.number(0), call.text(1), List.of(call.array(2)));
      case TAKE -> take(call.text(0), call.number(1), (int) call.number(2));
      case RELEASE -> release(call.text(0), List.of(call.array(1)));
    };
  }

  private List<Columns> exchange(Call call) {
    var sent = List.of(call.array(0));
    var shards = new HashSet<>(List.of(call.array(1)));
    var except = new HashSet<>(List.of(call.array(2)));
    var found = new ArrayList<Columns>();
    var taken = new ArrayList<Long>();
    for (var row : (off.contains(Guard.ROW_ORDER) ? rows.descendingMap() : rows).entrySet()) {
      var message = row.getValue();
      if (found.size() < call.number(4)
          && !sent.contains(row.getKey())
          && shards.contains(Row.shardOf(message))
          && (off.contains(Guard.ONE_PER_KEY)
              || !except.contains(message.topic() + ' ' + message.key()))) {
        found.add(column -> column(row.getKey(), message, column));
        taken.add(row.getKey());
      }
    }
    delete(off.contains(Guard.DELETED_WHEN_SENT) ? taken.toArray() : call.array(0));
    return found;
  }

  private List<Columns> delete(Object[] seqs) {
    for (var seq : seqs) {
      rows.remove((Long) seq);
    }
    return List.of();
  }

  private List<Columns> seen(String relay, double lease) {
    var now = clock.get();
    seen.put(relay, now);
    long others =
        seen.entrySet().stream()
            .filter(other -> !other.getKey().equals(relay))
            .filter(other -> other.getValue().isAfter(now.minus(seconds(lease))))
            .count();
    return List.of(_ -> (int) others);
  }

  private List<Columns> renew(double lease, String relay, List<Object> shards) {
    return lease(relay, lease, shards.stream().filter(shard -> isOf(relay, shard)).toList());
  }

  private List<Columns> take(String relay, double lease, int limit) {
    var now = clock.get();
    return lease(
        relay,
        lease,
        IntStream.range(0, leases.size())
            .filter(shard -> isFree(leases.get(shard), now))
            .limit(limit)
            .<Object>mapToObj(shard -> shard)
            .toList());
  }

  private boolean isFree(Lease lease, Instant now) {
    return off.contains(Guard.LEASE) || lease.owner() == null || lease.until().isBefore(now);
  }

  private List<Columns> release(String relay, List<Object> shards) {
    shards.stream().filter(shard -> isOf(relay, shard)).forEach(s -> leases.set((Integer) s, FREE));
    return List.of();
  }

  private boolean isOf(String relay, Object shard) {
    return relay.equals(leases.get((Integer) shard).owner());
  }

  private List<Columns> lease(String relay, double lease, List<Object> shards) {
    var granted = new Lease(relay, clock.get().plus(seconds(lease)));
    shards.forEach(shard -> leases.set((Integer) shard, granted));
    return shards.stream().<Columns>map(shard -> _ -> shard).toList();
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static @Nullable Object column(long seq, Message message, Object name) {
    var saga = message.saga();
    return switch ((String) name) {
      case "seq" -> seq;
      case "shard" -> Row.shardOf(message);
      case "parked" -> false;
      case "id" -> message.id();
      case "aggregatetype" -> message.topic();
      case "aggregateid" -> message.key();
      case "type" -> message.type();
      case "payload" -> message.payload();
      case "source" -> message.source();
      case "subject" -> message.subject();
      case "time" -> message.time().atOffset(ZoneOffset.UTC);
      case "sagaid" -> saga == null ? null : saga.sagaId();
      case "sagatype" -> saga == null ? null : saga.sagaType();
      case "step" -> saga == null ? null : saga.step();
      case "direction" -> saga == null ? null : saga.direction().name();
      case "replyto" -> saga == null ? null : saga.replyTo();
      case "causationid" -> message.causationId();
      case "traceparent" -> message.traceparent();
      default -> throw new UnsupportedOperationException(name.toString());
    };
  }

  private static Message numbered(Message message, long seq) {
    return new Message(
        message.id(),
        message.topic(),
        message.key(),
        message.type(),
        message.source(),
        message.subject(),
        message.time(),
        message.payload(),
        message.saga(),
        message.causationId(),
        Long.toString(seq));
  }

  /** Rows, the time of the first, parked keys; nobody asks for the time here. */
  private SimulatedJdbc.Columns depth() {
    return column -> column.equals(2) ? null : column.equals(1) ? (long) rows.size() : 0L;
  }
}
