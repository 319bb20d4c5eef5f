package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Uuid7;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SagasEndpointTest {

  private static final Bed BED = Bed.withWeb(Purchases.purchase(1, Duration.ofMinutes(1)));
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeEach
  void forget() {
    BED.forget();
  }

  @AfterAll
  static void close() {
    HTTP.close();
    BED.close();
  }

  @Test
  void aListIsPagedNewestFirst() throws Exception {
    var started = new ArrayList<UUID>();
    for (int i = 0; i < 5; i++) {
      started.addFirst(BED.start());
    }
    var first = json("?limit=2");
    assertThat(ids(first)).isEqualTo(started.subList(0, 2));
    var second = json("?limit=2&after=" + first.get("next").asString());
    assertThat(ids(second)).isEqualTo(started.subList(2, 4));
    var third = json("?limit=2&after=" + second.get("next").asString());
    assertThat(ids(third)).isEqualTo(started.subList(4, 5));
    assertThat(third.path("next").isString()).isFalse();
  }

  @Test
  void sagasAreFoundByTypeStateKeyStepAndAge() throws Exception {
    var running = BED.start();
    BED.drain();
    var pivot = BED.start();
    BED.deliver(BED.drain().stream().map(Bed::done).toList());
    assertThat(ids(json("?step=capture"))).containsExactly(pivot);
    assertThat(ids(json("?step=reserve&state=RUNNING"))).containsExactly(running);
    assertThat(ids(json("?key=order-" + running))).containsExactly(running);
    assertThat(ids(json("?type=Purchase"))).hasSize(2);
    assertThat(ids(json("?type=Nothing"))).isEmpty();
    assertThat(ids(json("?state=PARKED"))).isEmpty();
    assertThat(ids(json("?age=1h"))).isEmpty();
    var old = Uuid7.next(Instant.now().minus(Duration.ofHours(2)));
    BED.start(old);
    BED.jdbc
        .sql("update saga set created_at = created_at - interval '2 hours' where id = ?")
        .param(old)
        .update();
    assertThat(ids(json("?age=PT1H"))).containsExactly(old);
    assertThat(ids(json("?age=PT1H&state=RUNNING&type=Purchase"))).containsExactly(old);
    assertThat(ids(json("?age=PT3H"))).isEmpty();
  }

  @Test
  void sagasAreFoundByAPartOfWhatTurnedOrParkedThem() throws Exception {
    var turned = BED.start();
    var first = BED.drain();
    BED.deliver(done(first.get(0)), Bed.refused(first.get(1), "INSUFFICIENT_FUNDS"));
    var parked = BED.start();
    BED.drain();
    BED.jdbc
        .sql(
            "update saga set state = 'PARKED', parked = 'reserve was refused: 50% off' where id = ?")
        .param(parked)
        .update();
    assertThat(ids(json("?reason=insufficient"))).containsExactly(turned);
    assertThat(ids(json("?reason=50%25&state=PARKED"))).containsExactly(parked);
    assertThat(ids(json("?reason=_"))).containsExactly(turned);
  }

  @Test
  void oneSagaIsShownWithItsTimelineAndWhatItWaitsFor() throws Exception {
    var saga = BED.start();
    var first = BED.drain();
    BED.deliver(done(first.get(0)), Bed.refused(first.get(1), "INSUFFICIENT_FUNDS"));
    var shown = json("/" + saga);
    assertThat(shown.get("state").asString()).isEqualTo("COMPENSATING");
    assertThat(shown.get("reason").asString()).isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(shown.get("businessKey").asString()).isEqualTo("order-" + saga);
    assertThat(shown.get("waitingFor").get(0).asString()).isEqualTo("reserve");
    assertThat(shown.get("version").asInt()).isOne();
    assertThat(shown.get("definition").asInt()).isOne();
    assertThat(Instant.parse(shown.get("nextTimer").asString())).isAfter(Instant.now());
    assertThat(shown.get("repairs")).isEmpty();
    assertThat(shown.get("data").get("item").asString()).isEqualTo("tea");
    assertThat(shown.get("steps").get("compensations").get("reserve").get("is").asString())
        .isEqualTo("AWAITING");
    var timeline = shown.get("timeline");
    assertThat(timeline.valueStream().map(moment -> moment.get("what").asString()))
        .containsExactly(
            "STARTED", "COMMANDED", "COMMANDED", "REPLIED", "REPLIED", "TURNED_ROUND", "COMMANDED");
    assertThat(timeline.get(4).get("verdict").asString()).isEqualTo("REFUSED");
    assertThat(timeline.get(4).get("reason").asString()).isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(timeline.get(6).get("commandId").asString())
        .isEqualTo(BED.drain().getFirst().id().toString());
    assertThat(timeline.valueStream()).allMatch(moment -> moment.get("at").isString());
  }

  @Test
  void aSagaThatDoesNotExistIsNotFound() throws Exception {
    assertThat(get("/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?state=SLEEPING", "?age=old", "?after=x", "?limit=1.5", "/x"})
  void nonsenseIsABadRequest(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(400);
  }

  private static List<UUID> ids(JsonNode page) {
    return page.get("items")
        .valueStream()
        .map(saga -> UUID.fromString(saga.get("id").asString()))
        .toList();
  }

  private static JsonNode json(String path) throws IOException, InterruptedException {
    var response = get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(BED.address() + "/actuator/sagas" + path));
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
