package dev.allsquare.outbox;

import static dev.allsquare.outbox.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxEndpointTest {

  private final Database database = new Database();
  private final FakeLog log =
      new FakeLog(
          message ->
              message.key().equals("bad")
                  ? CompletableFuture.failedFuture(new Undeliverable("no", new Exception("why")))
                  : new CompletableFuture<>());
  private final RelayLoop relay = database.relay(log, Database.quick());
  private final OutboxEndpoint endpoint =
      new OutboxEndpoint(
          new OutboxInspection(database.jdbc), database.parkedKeys, database.mailbox);

  @AfterEach
  void close() {
    relay.stop();
    database.close();
  }

  @Test
  void anEmptyOutboxShowsItsShards() {
    var overview = endpoint.overview();

    assertThat(overview.depth()).isZero();
    assertThat(overview.oldestAgeSeconds()).isZero();
    assertThat(overview.shards()).hasSize(16).allMatch(shard -> shard.owner() == null);
    assertThat(overview.leases()).isEmpty();
    assertThat(overview.parked()).isEmpty();
  }

  @Test
  void showsWhatWaitsWhoCarriesItAndWhatIsParked() {
    relay.start();
    database.commit(message("stuck", "0"), message("bad", "1"), message("bad", "2"));

    await().untilAsserted(() -> assertThat(endpoint.overview().parked()).hasSize(1));
    var overview = endpoint.overview();
    assertThat(overview.depth()).isEqualTo(1);
    assertThat(overview.oldestAgeSeconds()).isPositive();
    assertThat(overview.leases().values())
        .singleElement()
        .satisfies(l -> assertThat(l).hasSize(16));
    var parked = overview.parked().getFirst();
    assertThat(parked.topic()).isEqualTo(Messages.TOPIC);
    assertThat(parked.key()).isEqualTo("bad");
    assertThat(parked.reason()).isEqualTo("no");
    assertThat(parked.messages()).isEqualTo(2);
  }

  @Test
  void releasesAParkedKeyAndKnowsWhichAreNot() {
    relay.start();
    database.commit(message("bad", "1"));
    await().untilAsserted(() -> assertThat(endpoint.overview().parked()).hasSize(1));
    log.answer(_ -> CompletableFuture.completedFuture(null));

    assertThat(endpoint.release(Messages.TOPIC, "bad").getStatus()).isEqualTo(204);

    await().untilAsserted(() -> assertThat(log.of("bad")).containsExactly("1"));
    assertThat(endpoint.release(Messages.TOPIC, "bad").getStatus()).isEqualTo(404);
  }
}
