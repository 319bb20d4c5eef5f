package dev.allsquare.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries committed rows to the log: selects the oldest of its shards, sends the first of each key
 * at once and the next after its acknowledgement, and deletes what the log has by row.
 *
 * <p>A commit wakes it at once, whatever is still on its way: nobody waits for others'
 * acknowledgements. What is acknowledged is deleted by the statement that looks for more, so a
 * round is one round trip; idle, that is a poll interval later, and a crash in between sends again
 * what the inbox absorbs.
 *
 * <p>One thread calls this; acknowledgements arrive through the mailbox.
 */
final class Relay {

  private static final int REST_PER_SEARCH = 10;

  /** One slow search must not keep the other topics waiting for minutes. */
  private static final long LONGEST_REST_NANOS = 1_000_000_000;

  private final OutboxTable table;
  private final ParkedKeys parkedKeys;
  private final Leases leases;
  private final Sender sender;
  private final Mailbox mailbox;
  private final RelayMetrics metrics;
  private final OutboxProperties settings;

  private final Map<Row.Key, Lane> lanes = new HashMap<>();
  private final Holds holds;
  private final List<Long> sent = new ArrayList<>();
  private boolean woken;
  private long restsUntil = System.nanoTime();

  Relay(
      OutboxTable table,
      ParkedKeys parkedKeys,
      Leases leases,
      Sender sender,
      Mailbox mailbox,
      RelayMetrics metrics,
      OutboxProperties settings) {
    this(
        table,
        parkedKeys,
        leases,
        sender,
        mailbox,
        metrics,
        settings,
        new Holds(settings.firstRetry(), settings.longestRetry(), System::nanoTime));
  }

  Relay(
      OutboxTable table,
      ParkedKeys parkedKeys,
      Leases leases,
      Sender sender,
      Mailbox mailbox,
      RelayMetrics metrics,
      OutboxProperties settings,
      Holds holds) {
    this.table = table;
    this.parkedKeys = parkedKeys;
    this.leases = leases;
    this.sender = sender;
    this.mailbox = mailbox;
    this.metrics = metrics;
    this.settings = settings;
    this.holds = holds;
  }

  /** Before the first turn, also of a second life after {@link #finish}. */
  void begin() {
    leases.startSending();
  }

  /**
   * One statement, and a wait for what it started. A failing database makes it throw; the next turn
   * goes on.
   */
  void turn() throws InterruptedException {
    int selected = round();
    if (selected < settings.batchSize()) {
      handleUntil(() -> woken, settings.pollInterval());
    } else {
      handleUntil(() -> lanes.size() < settings.batchSize(), settings.patience());
    }
  }

  /** A turn without its wait: what it starts is reported to the mailbox. */
  int round() {
    beatIfDue();
    woken = false;
    return startRound();
  }

  /** Sends nothing new, waits a while for what is on its way, and gives the shards back. */
  void finish() throws InterruptedException {
    leases.stopSending();
    handleUntil(lanes::isEmpty, settings.stopTimeout());
    settle(() -> table.delete(sent));
    leases.leave();
  }

  private void beatIfDue() {
    if (leases.beatIsDue()) {
      // Of a shard that is given away now, another relay would send it again.
      settle(() -> table.delete(sent));
      leases.beat(lanes.values().stream().map(Lane::shard).collect(Collectors.toSet()));
      holds.prune();
      metrics.observe(table);
    }
  }

  /** Takes away what the log has, and starts what is next, in one statement. */
  private int startRound() {
    Set<Integer> shards = leases.held();
    var waiting = Stream.concat(lanes.keySet().stream(), holds.waiting().stream());
    var detour = Detour.around(waiting, settings.heldKeys());
    if (shards.isEmpty() || (detour.isLong() && restsUntil - System.nanoTime() > 0)) {
      settle(() -> table.delete(sent));
      return 0;
    }
    lanes.values().forEach(Lane::passOver);
    var rows = new ArrayList<Row>();
    long start = System.nanoTime();
    settle(() -> rows.addAll(table.exchange(sent, shards, detour, settings.batchSize())));
    if (detour.isLong() && rows.size() < settings.batchSize()) {
      rest(System.nanoTime() - start);
    }
    var parked = rows.stream().filter(Row::parked).map(Row::seq).toList();
    if (!parked.isEmpty()) {
      parkedKeys.follow(parked);
    }
    start(rows.stream().filter(row -> !row.parked()).toList());
    return rows.size();
  }

  /** While the log is down, all the backlog may have been read in vain: not again and again. */
  private void rest(long tookNanos) {
    restsUntil = System.nanoTime() + Math.min(REST_PER_SEARCH * tookNanos, LONGEST_REST_NANOS);
  }

  private void start(List<Row> rows) {
    var fresh = new LinkedHashMap<Row.Key, Lane>();
    rows.forEach(row -> fresh.computeIfAbsent(row.key(), _ -> new Lane(row)).add(row));
    lanes.putAll(fresh);
    fresh.values().forEach(this::sendHead);
  }

  private void sendHead(Lane lane) {
    if (!leases.holds(lane.shard())) {
      close(lane);
      return;
    }
    CompletableFuture<?> future;
    try {
      future = sender.send(lane.head().message());
    } catch (RuntimeException | Error e) {
      // A lane that nobody answers would hold its key back for ever.
      future = CompletableFuture.failedFuture(e);
    }
    var _ = future.whenComplete((_, failure) -> mailbox.completed(lane, failure));
  }

  /** Handles what has come, and what comes until enough has, or the time is over. */
  private void handleUntil(BooleanSupplier enough, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    Mailbox.Event event;
    do {
      long left = enough.getAsBoolean() ? 0 : end - System.nanoTime();
      event = mailbox.poll(Duration.ofNanos(left));
      handle(event);
    } while (event != null);
  }

  void handle(Mailbox.@Nullable Event event) {
    switch (event) {
      case null -> {}
      case Mailbox.Woken _ -> woken = true;
      case Mailbox.Completed(Lane lane, var failure) when failure == null -> acknowledged(lane);
      case Mailbox.Completed(Lane lane, var failure) -> failed(lane, failure);
    }
  }

  private void acknowledged(Lane lane) {
    sent.add(lane.head().seq());
    holds.forget(lane.key());
    if (lane.advance()) {
      sendHead(lane);
    } else {
      close(lane);
      woken |= lane.wasPassedOver();
    }
  }

  private void failed(Lane lane, Throwable failure) {
    close(lane);
    holds.backOff(lane.key());
    var cause =
        failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
    if (cause instanceof Undeliverable undeliverable) {
      parkedKeys.park(lane, String.valueOf(undeliverable.getMessage()), leases.instance());
      metrics.parked(lane.key(), undeliverable);
    } else {
      metrics.failed(lane.key(), cause);
    }
  }

  private void close(Lane lane) {
    lanes.remove(lane.key());
  }

  /** What was sent is forgotten only once a statement that deletes it has succeeded. */
  private void settle(Runnable statement) {
    statement.run();
    metrics.sent(sent.size());
    sent.clear();
  }
}
