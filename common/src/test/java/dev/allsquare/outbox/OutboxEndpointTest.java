package dev.allsquare.outbox;

import static dev.allsquare.outbox.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.outbox.OutboxEndpoint.Waiting;
import java.util.Objects;
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
  private final OutboxEndpoint endpoint = new OutboxEndpoint(new OutboxInspection(database.jdbc));

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
  void oneParkedKeyIsShownWithWhatWaits() {
    relay.start();
    database.commit(message("bad", "1"), message("bad", "2"), message("worse", "3"));

    await().untilAsserted(() -> assertThat(endpoint.overview().parked()).hasSize(1));
    var shown = Objects.requireNonNull(endpoint.show(Messages.TOPIC, "bad"));

    assertThat(shown.key().reason()).isEqualTo("no");
    assertThat(shown.key().messages()).isEqualTo(2);
    assertThat(shown.waiting()).extracting(Waiting::payload).containsExactly("1", "2");
    assertThat(endpoint.show(Messages.TOPIC, "worse")).isNull();
  }

  @Test
  void aReleasedKeyIsSentAtOnceAndNoLongerShown() {
    relay.start();
    database.commit(message("bad", "1"));
    await().untilAsserted(() -> assertThat(endpoint.overview().parked()).hasSize(1));
    log.answer(_ -> CompletableFuture.completedFuture(null));

    assertThat(database.release("bad")).isTrue();

    await().untilAsserted(() -> assertThat(log.of("bad")).containsExactly("1"));
    assertThat(endpoint.show(Messages.TOPIC, "bad")).isNull();
    assertThat(database.release("bad")).isFalse();
  }
}
