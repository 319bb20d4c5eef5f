package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.message.Direction;
import dev.allsquare.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Old and new code on one database, as in a rolling upgrade. */
class VersionsTest {

  private static final Saga<?> ONE = Purchases.purchase(1, Duration.ofMinutes(1));
  private static final Saga<?> TWO = Purchases.purchase(2, Duration.ofMinutes(1));

  private final String database = TestPostgres.newDatabase();

  @Test
  void newSagasTakeTheHighestVersionThatAllLiveReplicasKnow() {
    try (var upgraded = Bed.on(database, List.of(), ONE, TWO)) {
      assertThat(version(upgraded, upgraded.start())).isEqualTo(2);
      try (var old = Bed.on(database, List.of(), ONE)) {
        upgraded.bean(Replicas.class).beat();
        assertThat(version(upgraded, upgraded.start())).isEqualTo(1);
        assertThat(version(old, old.start())).isEqualTo(1);
      }
      upgraded.bean(Replicas.class).beat();
      assertThat(version(upgraded, upgraded.start())).as("the old one has left").isEqualTo(2);
    }
  }

  @Test
  void aReplicaThatDiedIsForgotten() {
    try (var upgraded = Bed.on(database, List.of(), ONE, TWO)) {
      upgraded
          .jdbc
          .sql(
              "insert into saga_replica values ('dead', '{\"sagas\": {\"Purchase\": [1]}}',"
                  + " clock_timestamp())")
          .update();
      upgraded.bean(Replicas.class).beat();
      assertThat(version(upgraded, upgraded.start())).isEqualTo(1);
      upgraded
          .jdbc
          .sql("update saga_replica set seen_at = now() - interval '1 day' where instance = 'dead'")
          .update();
      upgraded.bean(Replicas.class).beat();
      assertThat(version(upgraded, upgraded.start())).isEqualTo(2);
    }
  }

  @Test
  void aSagaThatAnotherReplicaKnowsIsLeftToIt() {
    try (var upgraded = Bed.on(database, List.of(), ONE, TWO);
        var old = Bed.on(database, List.of(), ONE)) {
      var saga = upgraded.start();
      var first = upgraded.drain();
      makeDue(upgraded);

      assertThat(old.sweep()).isOne();
      assertThat(old.state(saga)).isEqualTo("RUNNING");
      assertThat(old.sweep()).as("it is looked at again in a moment only").isZero();
      assertThat(old.inTransaction(() -> old.bean(Sagas.class).turnRound(saga, "CANCELLED")))
          .isEqualTo(Sagas.Turn.PAST_PIVOT);

      makeDue(upgraded);
      upgraded.sweep();
      upgraded.deliver(done(first.get(0)), done(first.get(1)));
      upgraded.take("capture", Direction.ACTION);
    }
  }

  @Test
  void aReplyThatCameToTheWrongReplicaIsReadByTheOtherOne() {
    try (var upgraded = Bed.on(database, List.of(), ONE, TWO);
        var old = Bed.on(database, List.of(), ONE)) {
      var saga = upgraded.start();
      var first = upgraded.drain();
      old.deliver(done(first.get(0)), done(first.get(1)), done(first.get(1)));
      assertThat(old.state(saga)).isEqualTo("RUNNING");
      assertThat(old.replies(Outcome.LEFT_TO_ANOTHER)).isEqualTo(3);

      upgraded.sweep();

      upgraded.take("capture", Direction.ACTION);
      assertThat(upgraded.drain()).isEmpty();
      assertThat(upgraded.column(saga, "steps")).doesNotContain("unread");
    }
  }

  @Test
  void aSagaWhoseVersionNoLivingCodeKnowsIsParkedAndGoesOnWhereItIsKnown() {
    try (var upgraded = Bed.on(database, List.of(), ONE, TWO);
        var old = Bed.on(database, List.of(), ONE)) {
      var saga = upgraded.start();
      var first = upgraded.drain();
      upgraded.bean(Replicas.class).leave();

      old.deliver(done(first.get(0)));

      assertThat(old.state(saga)).isEqualTo("PARKED");
      assertThat(old.parked(saga)).isEqualTo("no code has version 2 of Purchase");
      assertThat(old.replies(Outcome.UNKNOWN_VERSION)).isOne();
      upgraded.deliver(done(first.get(1)));
      assertThat(upgraded.state(saga)).isEqualTo("RUNNING");
      upgraded.take("capture", Direction.ACTION);
    }
  }

  @Test
  void whoeverResumesASagaWhoseRepliesNobodyCouldReadLetsItGoOn() {
    try (var upgraded = Bed.on(database, List.of(), ONE, TWO);
        var old = Bed.on(database, List.of(), ONE)) {
      var saga = upgraded.start();
      var both = upgraded.drain();
      upgraded.bean(Replicas.class).leave();
      old.deliver(done(both.get(0)), done(both.get(1)));
      assertThat(old.state(saga)).isEqualTo("PARKED");

      assertThatThrownBy(() -> repair(upgraded, saga, Repair.COMPENSATE))
          .hasMessageContaining("resume it");
      repair(upgraded, saga, Repair.RESUME);

      assertThat(upgraded.state(saga)).isEqualTo("RUNNING");
      upgraded.take("capture", Direction.ACTION);
    }
  }

  private static void repair(Bed bed, UUID saga, Repair repair) {
    int version = Integer.parseInt(bed.column(saga, "revision"));
    bed.transaction(
        () ->
            bed.bean(SagaRepairs.class)
                .repair(new SagaRepairs.Order(saga, repair, version, "ann", "why", null)));
  }

  private static void makeDue(Bed bed) {
    bed.jdbc.sql("update saga set wake_at = clock_timestamp()").update();
  }

  private static int version(Bed bed, UUID saga) {
    return Integer.parseInt(bed.column(saga, "version"));
  }
}
