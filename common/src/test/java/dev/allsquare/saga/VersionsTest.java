package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static org.assertj.core.api.Assertions.assertThat;

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
  void aSagaWhoseVersionNoCodeHereKnowsIsParkedAndGoesOnWhereItIsKnown() {
    UUID saga;
    try (var upgraded = Bed.on(database, List.of(), ONE, TWO);
        var old = Bed.on(database, List.of(), ONE)) {
      saga = upgraded.start();
      var first = upgraded.drain();
      old.deliver(done(first.get(0)));
      assertThat(old.state(saga)).isEqualTo("PARKED");
      assertThat(old.parked(saga)).isEqualTo("no code has version 2 of Purchase");
      assertThat(old.replies(Outcome.UNKNOWN_VERSION)).isOne();
      assertThat(old.inTransaction(() -> old.bean(Sagas.class).turnRound(saga, "CANCELLED")))
          .isEqualTo(Sagas.Turn.PAST_PIVOT);
      upgraded.deliver(done(first.get(0)), done(first.get(1)));
      assertThat(upgraded.state(saga)).isEqualTo("RUNNING");
      assertThat(upgraded.drain()).hasSize(1);
    }
  }

  private static int version(Bed bed, UUID saga) {
    return Integer.parseInt(bed.column(saga, "version"));
  }
}
