package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.message.Direction;
import dev.allsquare.testing.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An operator repairs many parked sagas at once. */
class BulkRepairsTest {

  private static final Saga<?> PURCHASE = Purchases.purchase(1, Duration.ofMinutes(1));
  private static final Bed BED = Bed.withWeb(PURCHASE);
  private static final String ANN = "\"actor\":\"ann\",\"reason\":\"the van is back\"";

  @BeforeEach
  void forget() {
    BED.forget();
  }

  @AfterAll
  static void close() {
    BED.close();
  }

  @Test
  void aDryRunCountsShowsSomeAndChangesNothing() {
    var parked = parked(12);
    BED.start();
    var answer = make(BED, "RETRY", "{\"step\":\"ship\"}", ",\"dryRun\":true").is(200).json();
    assertThat(answer.get("count").asInt()).isEqualTo(12);
    assertThat(answer.get("more").asBoolean()).isFalse();
    assertThat(answer.get("sample")).hasSize(10);
    assertThat(answer.get("sample").get(0).get("id").asString())
        .isEqualTo(parked.getFirst().toString());
    assertThat(answer.get("sample").get(0).get("parked").asString()).contains("BROKEN_BOX");
    assertThat(parked).allMatch(saga -> BED.state(saga).equals("PARKED"));
  }

  @Test
  void allThatAreAsAskedAreRepairedAndEachIsAudited() {
    var parked = parked(5);
    var running = BED.start();
    var job = make(BED, "RETRY", "{\"type\":\"Purchase\"}", ",\"ratePerSecond\":100").is(202);
    assertThat(job.header("Location")).endsWith("/sagas/repairs/" + jobId(job));
    var ended = awaitEnd(BED, job);
    assertThat(ended.get("job").get("done").asInt()).isEqualTo(5);
    assertThat(ended.get("items").valueStream().map(it -> it.get("subject").asString()))
        .containsExactlyElementsOf(parked.stream().map(UUID::toString).toList());
    assertThat(parked).allMatch(saga -> BED.state(saga).equals("RUNNING"));
    assertThat(parked).allMatch(saga -> audited(saga) == 1);
    assertThat(audited(running)).isZero();
    assertThat(BED.rest().actuator("sagas/repairs").get("items").get(0).get("id").asString())
        .isEqualTo(jobId(job).toString());
  }

  @Test
  void whatChangedMeanwhileIsAResultAndTheOthersAreRepaired() {
    var parked = parked(3);
    var job = make(BED, "RETRY", "{}", ",\"ratePerSecond\":2").is(202);
    BED.jdbc
        .sql("update saga set revision = revision + 1 where id = ?")
        .param(parked.getLast())
        .update();
    var ended = awaitEnd(BED, job);
    assertThat(results(ended)).containsExactly("DONE", "DONE", "saga-changed");
    assertThat(ended.get("job").get("refused").asInt()).isOne();
    assertThat(ended.get("items").get(2).get("detail").asString()).contains("look at it again");
    assertThat(BED.state(parked.getLast())).isEqualTo("PARKED");
    assertThat(audited(parked.getLast())).isZero();
  }

  @Test
  void whatIsNotPossibleIsAResult() {
    parked(2);
    var ended = awaitEnd(BED, make(BED, "COMPENSATE", "{}", "").is(202));
    assertThat(results(ended)).containsExactly("past-pivot", "past-pivot");
  }

  @Test
  void theRateIsNotExceeded() {
    parked(5);
    var ended = awaitEnd(BED, make(BED, "SKIP", "{}", ",\"ratePerSecond\":5").is(202));
    var times =
        ended.get("items").valueStream().map(it -> Instant.parse(it.get("at").asString())).toList();
    assertThat(Duration.between(times.getFirst(), times.getLast()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(790));
  }

  @Test
  void anotherReplicaGoesOnWhereOneStopped() {
    var first = Bed.withWeb(PURCHASE);
    var parked = parked(first, 6);
    var job = make(first, "RETRY", "{}", ",\"ratePerSecond\":2").is(202);
    await().until(() -> done(first, job) > 1);
    first.close();
    try (var second = Bed.withWebOn(first.database, PURCHASE)) {
      assertThat(done(second, job)).isLessThan(6);
      var ended = awaitEnd(second, job);
      assertThat(results(ended)).hasSize(6).containsOnly("DONE");
      assertThat(parked).allMatch(saga -> second.state(saga).equals("RUNNING"));
      assertThat(audits(second)).isEqualTo(6);
    }
  }

  @Test
  void aFilterNarrowsByStepReasonAgeAndKey() {
    var parked = parked(2);
    assertThat(count("{\"state\":\"PARKED\"}")).isEqualTo(2);
    assertThat(count("{\"reason\":\"broken\"}")).isEqualTo(2);
    assertThat(count("{\"reason\":\"lost\"}")).isZero();
    assertThat(count("{\"step\":\"capture\"}")).isZero();
    assertThat(count("{\"olderThan\":\"PT1H\"}")).isZero();
    assertThat(count("{\"key\":\"order-" + parked.getFirst() + "\"}")).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"RETRY\",\"filter\":{},\"reason\":\"why\"}",
        "{\"action\":\"RETRY\",\"filter\":{},\"actor\":\"ann\"}",
        "{\"action\":\"RETRY\",\"filter\":{},\"actor\":\"ann\",\"reason\":\" \"}",
        "{\"action\":\"RETRY\",\"actor\":\"ann\",\"reason\":\"why\"}",
        "{\"action\":\"DELETE\",\"filter\":{},\"actor\":\"ann\",\"reason\":\"why\"}",
        "{\"action\":\"RETRY\",\"filter\":{\"state\":\"RUNNING\"},\"actor\":\"ann\",\"reason\":\"why\"}",
        "{\"action\":\"RETRY\",\"filter\":{\"colour\":\"red\"},\"actor\":\"ann\",\"reason\":\"why\"}",
        "{\"action\":\"RETRY\",\"filter\":{},\"actor\":\"ann\",\"reason\":\"why\",\"ratePerSecond\":0}",
        "{\"action\":\"RETRY\",\"filter\":{},\"actor\":\"ann\",\"reason\":\"why\",\"ratePerSecond\":101}",
        "[]",
        ""
      })
  void nonsenseIsRefusedAndMakesNoJob(String body) {
    parked(1);
    long before = jobs();
    BED.rest().operate("sagas/repairs", body).isRefused().is(400);
    assertThat(jobs()).isEqualTo(before);
  }

  @Test
  void onlyJsonMakesAJob() {
    var body = "{\"action\":\"RETRY\",\"filter\":{}," + ANN + "}";
    BED.rest()
        .operate("sagas/repairs", body, "Content-Type", "text/plain")
        .isProblem(415, "unsupported-media-type");
  }

  @Test
  void thereIsNoSuchJob() {
    BED.rest().manage("sagas/repairs/" + UUID.randomUUID()).isProblem(404, "job-unknown");
    BED.rest().manage("sagas/repairs/x").isProblem(400, "invalid-parameter");
  }

  private static int count(String filter) {
    return make(BED, "RETRY", filter, ",\"dryRun\":true").is(200).json().get("count").asInt();
  }

  private static Answer make(Bed bed, String action, String filter, String more) {
    return bed.rest()
        .operate(
            "sagas/repairs",
            "{\"action\":\"%s\",\"filter\":%s,%s%s}".formatted(action, filter, ANN, more));
  }

  private static JsonNode awaitEnd(Bed bed, Answer job) {
    var path = "sagas/repairs/" + jobId(job);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> bed.rest().actuator(path).get("job").path("endedAt").isString());
    return bed.rest().actuator(path);
  }

  private static int done(Bed bed, Answer job) {
    return bed.rest().actuator("sagas/repairs/" + jobId(job)).get("job").get("done").asInt();
  }

  private static UUID jobId(Answer job) {
    return UUID.fromString(job.json().get("job").get("id").asString());
  }

  private static List<String> results(JsonNode shown) {
    return shown.get("items").valueStream().map(it -> it.get("result").asString()).toList();
  }

  private static List<UUID> parked(int count) {
    return parked(BED, count);
  }

  private static List<UUID> parked(Bed bed, int count) {
    return Stream.generate(() -> withARefusedShipment(bed)).limit(count).toList();
  }

  private static UUID withARefusedShipment(Bed bed) {
    bed.start();
    bed.deliver(bed.drain().stream().map(Bed::done).toList());
    bed.deliver(Bed.done(bed.take("capture", Direction.ACTION)));
    var shipment = bed.take("ship", Direction.ACTION);
    bed.deliver(refused(shipment, "BROKEN_BOX"));
    return UUID.fromString(shipment.key());
  }

  private static long jobs() {
    return BED.jdbc.sql("select count(*) from bulk_repair").query(Long.class).single();
  }

  private static long audited(UUID saga) {
    return BED.jdbc
        .sql("select count(*) from operator_audit where subject = ?")
        .param(saga.toString())
        .query(Long.class)
        .single();
  }

  private static long audits(Bed bed) {
    return bed.jdbc.sql("select count(*) from operator_audit").query(Long.class).single();
  }
}
