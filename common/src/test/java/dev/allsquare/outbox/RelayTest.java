package dev.allsquare.outbox;

import static dev.allsquare.outbox.Messages.message;
import static dev.allsquare.outbox.Messages.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class RelayTest {

  private final Database database = new Database();
  private final FakeLog log = new FakeLog();
  private RelayLoop relay = database.relay(log, Database.quick());

  @AfterEach
  void close() {
    relay.stop();
    database.close();
  }

  @Test
  void carriesEveryAttributeAndDeletesTheRow() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var message =
        new Message(
            Uuid7.next(now),
            "payment.commands",
            "key",
            "payment.authorize.v1",
            "order-service",
            "order 1",
            now,
            "{\"a\":\"ü\"}",
            new SagaContext(
                UUID.randomUUID(), "PlaceOrder", "authorize", Direction.ACTION, "order.replies"),
            UUID.randomUUID(),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    var bare = message("bare", "{}");
    database.commit(message, bare);
    assertThat(database.outbox.stillWaiting(Set.of(bare.id(), UUID.randomUUID())))
        .containsExactly(bare.id());

    relay.start();

    drained();
    assertThat(log.taken()).containsExactlyInAnyOrder(message, bare);
    assertThat(database.outbox.stillWaiting(Set.of(bare.id()))).isEmpty();
    assertThat(database.meters.counter("outbox.sent").count()).isEqualTo(2);
  }

  @Test
  void keepsTheOrderOfAKeyWithOneMessageOnItsWay() {
    relay.start();
    database.commit(numbered("a", 300));
    database.commit(numbered("b", 5));

    drained();
    assertThat(log.of("a")).isEqualTo(payloads(300));
    assertThat(log.of("b")).isEqualTo(payloads(5));
    assertThat(log.violations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsTheOrderPerKeyWhenSendsFailAtRandom(long seed) {
    var random = new Random(seed);
    log.answer(_ -> atRandom(random));
    for (int key = 0; key < 40; key++) {
      database.commit(numbered("k" + key, 15));
    }

    relay.start();

    drained();
    assertThat(log.firstOccurrences()).as("seed %d", seed).hasSize(40);
    assertThat(log.firstOccurrences().values()).allMatch(payloads(15)::equals);
    assertThat(log.violations()).isEmpty();
    assertThat(database.count("outbox_parked_key")).as("nothing is parked").isZero();
  }

  @Test
  void aPoisonedKeyParksAloneWithEverythingThatFollowsAndTheOthersFlow() {
    log.answer(
        message ->
            message.key().equals("bad") && message.payload().equals("1")
                ? CompletableFuture.failedFuture(
                    new Undeliverable("too large", new IllegalArgumentException()))
                : CompletableFuture.completedFuture(null));
    relay.start();
    database.commit(numbered("bad", 4));
    database.commit(numbered("good", 4));
    drained();
    database.commit(message("bad", "4"), message("good", "4"));
    drained();

    assertThat(log.of("bad")).containsExactly("0");
    assertThat(log.of("good")).isEqualTo(payloads(5));
    assertThat(parked()).containsExactly("1", "2", "3", "4");
    assertThat(database.jdbc.sql("select reason from outbox_parked_key").query().singleValue())
        .isEqualTo("too large");
  }

  @Test
  void aReleasedKeyGoesOnWhereItStopped() {
    log.answer(
        _ -> CompletableFuture.failedFuture(new Undeliverable("no", new RuntimeException())));
    relay.start();
    var messages = numbered("bad", 3);
    database.commit(messages);
    await().untilAsserted(() -> assertThat(parked()).hasSize(3));
    assertThat(database.outbox.stillWaiting(List.of(messages.getFirst().id())))
        .as("a parked message has not left")
        .hasSize(1);
    await().until(() -> gauge("outbox.parked.keys") == 1);

    log.answer(_ -> CompletableFuture.completedFuture(null));
    assertThat(database.release("bad")).isTrue();
    database.commit(message("bad", "3"));

    await().untilAsserted(() -> assertThat(log.of("bad")).isEqualTo(payloads(4)));
    assertThat(parked()).isEmpty();
    await().until(() -> gauge("outbox.parked.keys") == 0);
    assertThat(database.release("bad")).isFalse();
  }

  @Test
  void keysWhosePartitionDoesNotAnswerHoldNobodyUp() {
    log.answer(
        message ->
            message.key().startsWith("stuck")
                ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(null));
    var stuck = new ArrayList<Message>();
    IntStream.range(0, 2500).forEach(n -> stuck.add(message("stuck" + n, "0")));
    database.commit(stuck);
    relay.start();

    database.commit(numbered("free", 3));

    await().untilAsserted(() -> assertThat(log.of("free")).isEqualTo(payloads(3)));
    await().untilAsserted(() -> assertThat(database.count("outbox")).isEqualTo(2500));
  }

  @Test
  void aTopicThatNobodyCanReachHoldsUpNoOther() {
    relay = database.relay(log, Database.holding(100));
    log.answer(
        message ->
            message.topic().equals("away")
                ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(null));
    var away = IntStream.range(0, 500).mapToObj(n -> message("away", "k" + n, "0")).toList();
    database.commit(away);
    relay.start();

    database.commit(numbered("free", 120));

    await().untilAsserted(() -> assertThat(log.of("free")).isEqualTo(payloads(120)));
    await().untilAsserted(() -> assertThat(database.count("outbox")).isEqualTo(500));
    assertThat(log.unanswered()).as("and no more of it is held").isLessThan(200);
  }

  @Test
  void whatAnUnreachableTopicLeftBehindGoesOutWhenItIsBack() {
    relay = database.relay(log, Database.holding(100));
    log.answer(_ -> CompletableFuture.failedFuture(new IllegalStateException("away")));
    var away = IntStream.range(0, 500).mapToObj(n -> message("away", "k" + n, "0")).toList();
    database.commit(away);
    relay.start();
    await().until(() -> database.meters.counter("outbox.failed").count() >= 100);

    log.answer(_ -> CompletableFuture.completedFuture(null));

    drained();
    assertThat(log.size()).isEqualTo(500);
  }

  @Test
  void goesOnAfterItWasStoppedAndStartedAgain() {
    relay.start();
    database.commit(message("before", "0"));
    drained();
    relay.stop();
    database.commit(message("between", "0"));

    relay.start();

    drained();
    database.commit(message("after", "0"));
    drained();
    assertThat(log.taken()).extracting(Message::key).containsExactly("before", "between", "after");
  }

  @Test
  void aCommitWakesTheRelayAtOnce() {
    relay = database.relay(log, Database.with(Duration.ofSeconds(60), Duration.ofSeconds(30)));
    relay.start();
    database.commit(message("first", "0"));
    await().until(() -> log.size() == 1);
    long start = System.nanoTime();

    for (int n = 2; n <= 50; n++) {
      int size = n;
      database.commit(message("k", String.valueOf(n)));
      await().pollInterval(Duration.ofMillis(1)).until(() -> log.size() == size);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  void whatCommitsWhileItsKeyIsOnItsWayFollowsAtOnce() {
    relay = database.relay(log, Database.with(Duration.ofSeconds(60), Duration.ofSeconds(30)));
    var first = new CompletableFuture<Void>();
    var asked = new AtomicInteger();
    log.answer(
        message -> {
          asked.incrementAndGet();
          return message.payload().equals("0") ? first : CompletableFuture.completedFuture(null);
        });
    relay.start();
    database.commit(message("k", "0"));
    await().untilAtomic(asked, Matchers.is(1));
    database.commit(message("k", "1"), message("other", "2"));
    await().untilAtomic(asked, Matchers.is(2));

    first.complete(null);

    await().atMost(Duration.ofSeconds(20)).untilAtomic(asked, Matchers.is(3));
  }

  @Test
  void aCommitWhileTheRelayIsBusyIsNotSleptThrough() {
    relay = database.relay(log, Database.with(Duration.ofSeconds(60), Duration.ofSeconds(30)));
    log.answer(
        message -> {
          if (message.payload().equals("0")) {
            CompletableFuture.runAsync(() -> database.commit(message("k", "1"))).join();
          }
          return CompletableFuture.completedFuture(null);
        });
    relay.start();

    database.commit(message("k", "0"));

    await().atMost(Duration.ofSeconds(20)).until(() -> log.size() == 2);
  }

  @Test
  void anErrorWhileSendingHoldsItsKeyBackForAMomentOnly() {
    var first = new AtomicBoolean(true);
    log.answer(
        _ -> {
          if (first.getAndSet(false)) {
            throw new NoClassDefFoundError("not there, once");
          }
          return CompletableFuture.completedFuture(null);
        });
    relay.start();

    database.commit(message("k", "1"), message("k", "2"));

    drained();
    assertThat(log.of("k")).containsExactly("1", "2");
  }

  @Test
  void survivesTheLossOfItsDatabaseConnections() {
    log.answer(_ -> later(1));
    relay.start();
    for (int round = 0; round < 5; round++) {
      database.commit(numbered("k" + round, 100));
      database
          .jdbc
          .sql(
              "select pg_terminate_backend(pid) from pg_stat_activity"
                  + " where datname = current_database() and pid <> pg_backend_pid()")
          .query()
          .listOfRows();
    }

    drained();
    assertThat(log.firstOccurrences()).hasSize(5);
    assertThat(log.firstOccurrences().values()).allMatch(payloads(100)::equals);
    assertThat(database.count("outbox_parked_key")).isZero();
  }

  @Test
  void theGaugesTellHowMuchWaitsAndForHowLong() {
    log.answer(_ -> new CompletableFuture<>());
    relay.start();
    database.commit(numbered("a", 7));

    await()
        .untilAsserted(
            () -> {
              assertThat(gauge("outbox.depth")).isEqualTo(7);
              assertThat(gauge("outbox.oldest.age")).isPositive();
            });
  }

  private double gauge(String name) {
    return database.meters.get(name).gauge().value();
  }

  /** Where connections are lost, the test's own may be among them. */
  private void drained() {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(DataAccessException.class)
        .untilAsserted(() -> assertThat(database.count("outbox")).isZero());
  }

  private List<String> parked() {
    return database
        .jdbc
        .sql("select payload from outbox_parked order by seq")
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static List<String> payloads(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  private static CompletableFuture<?> atRandom(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> CompletableFuture.failedFuture(new IllegalStateException("lost"));
      case 1 -> CompletableFuture.failedFuture(new FakeLog.AcknowledgementLost());
      case 2 -> later(random.nextInt(3));
      default -> CompletableFuture.completedFuture(null);
    };
  }

  private static CompletableFuture<?> later(int millis) {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }
}
