package dev.allsquare.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.inbox.Partitions.Plan;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.testing.Messaging;
import dev.allsquare.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Partitions come before they are needed and go when nobody may ask for them any more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartitionsTest {

  private static final Instant NOON = Instant.parse("2031-05-14T12:00:00Z");

  private Messaging messaging;
  private Partitions partitions;

  @BeforeAll
  void open() {
    messaging = new Messaging(_ -> {});
    partitions = new Partitions(messaging.bean(JdbcTemplate.class));
  }

  @BeforeEach
  void newTable() {
    tables().forEach(it -> messaging.jdbc().sql("drop table " + it).update());
    messaging.jdbc().sql("drop table if exists kept").update();
    messaging
        .jdbc()
        .sql("create table kept (id uuid primary key) partition by range (id)")
        .update();
  }

  @AfterAll
  void close() {
    messaging.close();
  }

  private void keep(int days, Instant from, Instant until) {
    partitions.keep(List.of(new Plan("kept", days, from, until, false)));
  }

  private void keepForever(int days, Instant from, Instant until) {
    partitions.keep(List.of(new Plan("kept", days, from, until, true)));
  }

  private List<String> attached() {
    return names(
        "select inhrelid::regclass::text from pg_inherits"
            + " where inhparent = 'kept'::regclass order by 1");
  }

  private List<String> tables() {
    return names("select tablename from pg_tables where tablename like 'kept\\_%' order by 1");
  }

  private List<String> names(String sql) {
    return messaging.jdbc().sql(sql).query((rs, _) -> rs.getString(1)).list();
  }

  private void insert(UUID id) {
    messaging.jdbc().sql("insert into kept values (?)").param(id).update();
  }

  @Test
  void everyMomentBetweenFromAndUntilHasItsPartition() {
    keep(1, NOON.minus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(1)));

    assertThat(attached()).containsExactly("kept_20310513", "kept_20310514", "kept_20310515");
    insert(Uuid7.next(NOON.minus(Duration.ofDays(1))));
    insert(Uuid7.next(NOON.plus(Duration.ofDays(1))));
  }

  @Test
  void twoIdsOnEitherSideOfMidnightLieInTwoPartitions() {
    keep(1, NOON, NOON.plus(Duration.ofDays(1)));
    Instant midnight = Instant.parse("2031-05-15T00:00:00Z");

    insert(Uuid7.next(midnight.minusMillis(1)));
    insert(Uuid7.floor(midnight));

    assertThat(names("select tableoid::regclass::text from kept order by id"))
        .containsExactly("kept_20310514", "kept_20310515");
  }

  @Test
  void longerSpansMeetWithoutGapsWheneverTheyAreMade() {
    keep(7, NOON, NOON);
    keep(7, NOON, NOON.plus(Duration.ofDays(13)));
    keep(7, NOON, NOON.plus(Duration.ofDays(20)));

    IntStream.range(0, 20).forEach(day -> insert(Uuid7.next(NOON.plus(Duration.ofDays(day)))));
    assertThat(attached()).hasSizeBetween(3, 4);
  }

  @Test
  void whatIsOlderThanFromIsDroppedAndTheRestStays() {
    keep(1, NOON, NOON.plus(Duration.ofDays(2)));
    insert(Uuid7.next(NOON));
    UUID kept = Uuid7.next(NOON.plus(Duration.ofDays(1)));
    insert(kept);

    keep(1, NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(2)));

    assertThat(tables()).containsExactly("kept_20310515", "kept_20310516");
    assertThat(names("select id from kept")).containsExactly(kept.toString());
  }

  @Test
  void ofATableThatIsKeptForeverNothingIsDropped() {
    keepForever(1, NOON, NOON);
    insert(Uuid7.next(NOON));

    keepForever(1, NOON.plus(Duration.ofDays(400)), NOON.plus(Duration.ofDays(400)));

    assertThat(attached()).containsExactly("kept_20310514", "kept_20320617");
    assertThat(names("select id from kept")).hasSize(1);
  }

  @Test
  void theFirstPartitionOfATableThatIsKeptForeverHoldsAllThatCameBefore() {
    messaging.jdbc().sql("create table kept_20310514 (like kept)").update();
    messaging
        .jdbc()
        .sql(
            "alter table kept attach partition kept_20310514 for values from (minvalue) to ('%s')"
                .formatted(Uuid7.floor(Instant.parse("2031-05-15T00:00:00Z"))))
        .update();

    keepForever(1, NOON.minus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(1)));

    assertThat(attached()).containsExactly("kept_20310514", "kept_20310515");
    insert(Uuid7.next(NOON.minus(Duration.ofDays(1))));
  }

  @Test
  void partitionsAreDroppedWhileATransactionReadsTheTable() throws Exception {
    keep(1, NOON, NOON.plus(Duration.ofDays(2)));

    try (var reader = messaging.dataSource().getConnection();
        var select = reader.createStatement();
        var thread = Executors.newSingleThreadExecutor()) {
      reader.setAutoCommit(false);
      select.execute("select * from kept");
      var dropping =
          thread.submit(
              () -> keep(1, NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(2))));
      UUID meanwhile = Uuid7.next(NOON.plus(Duration.ofDays(1)));
      insert(meanwhile);
      reader.commit();
      dropping.get(30, TimeUnit.SECONDS);
    }

    assertThat(tables()).containsExactly("kept_20310515", "kept_20310516");
  }

  @Test
  void aRunThatWasCutOffIsCompletedByTheNext() {
    keep(1, NOON, NOON.plus(Duration.ofDays(1)));
    messaging.jdbc().sql("alter table kept detach partition kept_20310514").update();
    messaging.jdbc().sql("create table kept_20310516 (like kept)").update();

    keep(1, NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(2)));

    assertThat(tables()).containsExactly("kept_20310515", "kept_20310516");
    assertThat(attached()).containsExactly("kept_20310515", "kept_20310516");
  }

  @Test
  void fourReplicasThatStartAtOnceDoNotStumbleOverEachOther() throws Exception {
    Callable<Void> keeping =
        () -> {
          keep(1, NOON, NOON.plus(Duration.ofDays(9)));
          return null;
        };
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var run : threads.invokeAll(List.of(keeping, keeping, keeping, keeping))) {
        run.get();
      }
    }

    assertThat(attached()).hasSize(10);
  }

  @Test
  void aReplicaThatTakesItsTimeIsWaitedForLongerThanForAnyOtherAnswer() throws Exception {
    var url = TestPostgres.newDatabase();
    var impatient =
        new Partitions(new JdbcTemplate(new DriverManagerDataSource(url + "&socketTimeout=1")));
    try (var busy = new SingleConnectionDataSource(url, true);
        var threads = Executors.newSingleThreadExecutor()) {
      var it = new JdbcTemplate(busy);
      it.query("select pg_advisory_lock(?)", _ -> {}, Partitions.ADVISORY_LOCK);
      var done =
          threads.submit(
              () -> {
                it.query("select pg_sleep(2)", _ -> {});
                it.query("select pg_advisory_unlock(?)", _ -> {}, Partitions.ADVISORY_LOCK);
              });

      impatient.keep(List.of());

      assertThat(done).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  @Test
  void theInboxHasARoomForEveryIdItDoesNotRefuse() {
    var inbox = messaging.bean(Inbox.class);
    var now = messaging.clock().instant();

    List<UUID> edges =
        List.of(
            Uuid7.next(now.minus(Duration.ofDays(14)).plusMillis(1)),
            Uuid7.next(now),
            Uuid7.next(now.plus(Duration.ofMinutes(10))));
    for (UUID id : edges) {
      var edge = new Message(id, "t", "k", "type", "source", null, now, "{}", null, null, null);
      assertThat(inbox.refusal(edge)).isNull();
      messaging.transaction().executeWithoutResult(_ -> inbox.firstSeen(List.of(edge)));
    }
  }

  @Test
  void aClockThatRunsAheadDropsNothing() {
    int before = names("select 1 from pg_inherits where inhparent = 'inbox'::regclass").size();
    messaging.clock().advance(Duration.ofDays(30));

    messaging.bean(PartitionKeeper.class).keep();

    assertThat(names("select 1 from pg_inherits where inhparent = 'inbox'::regclass"))
        .hasSize(before + 30);
  }
}
