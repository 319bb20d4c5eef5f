package dev.allsquare.outbox;

import static dev.allsquare.outbox.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several live relays on one outbox. */
class RelayClusterTest {

  private static final int KEYS = 500;
  private static final int EACH = 20;
  private static final Duration LEASE = Database.quick().lease();

  private final Database database = new Database();
  private final FakeLog log = new FakeLog();
  private final RelayLoop first = database.relay(log, Database.quick());
  private final RelayLoop second = database.replica(log, Database.quick());

  @AfterEach
  void close() {
    first.stop();
    second.stop();
    database.close();
  }

  @Test
  void twoRelaysAndTenThousandMessagesAndOneIsKilledMidway() {
    var random = new Random(7);
    log.answer(_ -> slowly(random));
    first.start();
    second.start();
    await().until(() -> shares().equals(List.of(8, 8)));
    long start = System.nanoTime();

    var writers =
        CompletableFuture.runAsync(() -> IntStream.range(0, 4).parallel().forEach(this::write));
    await().pollInterval(Duration.ofMillis(1)).until(() -> log.size() > KEYS * EACH / 3);
    first.kill();
    assertThat(log.size()).as("sent when the first relay was killed").isLessThan(KEYS * EACH);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> writers.isDone() && database.count("outbox") == 0);
    var took = Duration.ofNanos(System.nanoTime() - start);
    var expected = IntStream.range(0, EACH).mapToObj(String::valueOf).toList();
    assertThat(log.firstOccurrences()).hasSize(KEYS);
    assertThat(log.firstOccurrences().values()).allMatch(expected::equals);
    assertThat(log.violations()).isEmpty();
    assertThat(took).as("waited for the dead relay's leases").isGreaterThan(LEASE.dividedBy(2));
    await().untilAsserted(() -> assertThat(shares()).containsExactly(16));
  }

  @Test
  void relaysShareTheShardsEvenly() {
    first.start();
    await().until(() -> shares().equals(List.of(16)));

    second.start();

    await().untilAsserted(() -> assertThat(shares()).containsExactly(8, 8));
  }

  @Test
  void aStoppedRelayGivesItsShardsBackAtOnce() {
    first.start();
    await().until(() -> shares().equals(List.of(16)));

    first.stop();

    assertThat(shares()).isEmpty();
    assertThat(database.count("outbox_relay")).isZero();
  }

  @Test
  void aStoppingRelayWaitsForWhatIsOnItsWayAndSendsNothingNew() {
    var onItsWay = new CompletableFuture<Void>();
    log.answer(_ -> onItsWay);
    first.start();
    database.commit(message("a", "0"), message("a", "1"));
    await().until(log::isBusy);

    var stop = CompletableFuture.runAsync(first::stop);
    await().until(() -> !shares().isEmpty() && !stop.isDone());
    onItsWay.complete(null);

    assertThat(stop).succeedsWithin(Duration.ofSeconds(5));
    assertThat(log.taken()).extracting(Message::payload).containsExactly("0");
    assertThat(database.count("outbox")).isEqualTo(1);
    assertThat(shares()).isEmpty();
  }

  @Test
  void theShardsOfADeadRelayFallToTheOther() {
    first.start();
    await().until(() -> shares().equals(List.of(16)));
    first.kill();
    database.commit(message("a", "0"));

    second.start();

    await().untilAsserted(() -> assertThat(log.of("a")).containsExactly("0"));
    await().untilAsserted(() -> assertThat(shares()).containsExactly(16));
  }

  @Test
  void aRelayThatCouldNotRenewSendsNothingMore() {
    var leases =
        new Leases(database.template, database.transactions, "cut off", Duration.ofMillis(300));
    leases.beat(List.of());
    assertThat(leases.held()).hasSize(16);

    await().untilAsserted(() -> assertThat(leases.held()).isEmpty());
    assertThat(leases.holds(0)).isFalse();
  }

  @Test
  void aShardWithAMessageOnItsWayIsNotGivenAway() {
    var mine = new Leases(database.template, database.transactions, "mine", Duration.ofSeconds(9));
    var other =
        new Leases(database.template, database.transactions, "other", Duration.ofSeconds(9));
    mine.beat(List.of());
    other.beat(List.of());

    mine.beat(List.of(12, 13, 14, 15));

    assertThat(mine.held()).hasSize(8).contains(12, 13, 14, 15);
    other.beat(List.of());
    assertThat(other.held()).hasSize(8).doesNotContainAnyElementsOf(mine.held());
  }

  private void write(int writer) {
    for (int n = 0; n < EACH; n++) {
      var batch = new ArrayList<Message>();
      for (int key = writer; key < KEYS; key += 4) {
        batch.add(message("k" + key, String.valueOf(n)));
      }
      database.commit(batch);
    }
  }

  private List<Integer> shares() {
    return database
        .jdbc
        .sql("select count(*) from outbox_lease where until > clock_timestamp() group by owner")
        .query((row, _) -> row.getInt(1))
        .list();
  }

  private static CompletableFuture<?> slowly(Random random) {
    int micros;
    synchronized (random) {
      micros = random.nextInt(5_000);
    }
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(micros, TimeUnit.MICROSECONDS));
  }
}
