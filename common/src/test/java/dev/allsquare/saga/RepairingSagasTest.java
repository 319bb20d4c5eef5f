package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static dev.allsquare.saga.Bed.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.saga.Entry.What;
import dev.allsquare.saga.Purchases.Purchase;
import dev.allsquare.saga.Sagas.Start;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An operator repairs parked sagas over the management port. */
class RepairingSagasTest {

  /** Its command cannot be put into words without an item. */
  private static final Saga<Purchase> CHOOSY =
      Saga.named("Choosy")
          .version(1)
          .over(Purchase.class, Purchases.REPLIES)
          .retriable(
              Step.<Purchase>step(
                      "ship", "ship.commands", "ship.v1", it -> Objects.requireNonNull(it.item()))
                  .timeout(Duration.ofMinutes(1)))
          .build();

  private static final Bed BED = Bed.withWeb(Purchases.purchase(1, Duration.ofMinutes(1)), CHOOSY);
  private static final Rest REST = BED.rest();

  @BeforeEach
  void forget() {
    BED.forget();
  }

  @AfterAll
  static void close() {
    BED.close();
  }

  @Test
  void retryCommandsTheStuckStepOnceMoreAndTheSagaGoesOn() {
    var saga = withARefusedShipment();
    repair(saga, "retry").is(204);
    BED.deliver(done(BED.take("ship", Direction.ACTION)));
    assertThat(BED.state(saga)).isEqualTo("COMPLETED");
    assertThat(BED.history(saga)).contains(What.PARKED, What.REPAIRED, What.RESUMED);
  }

  @Test
  void aRepairIsShownWithWhoDidItAndWhy() {
    var saga = withARefusedShipment();
    repair(saga, "retry").is(204);
    var shown = show(saga);
    var repaired = shown.get("repairs").get(0);
    assertThat(repaired.get("actor").asString()).isEqualTo("ann");
    assertThat(repaired.get("action").asString()).isEqualTo("saga.retry");
    assertThat(repaired.get("reason").asString()).isEqualTo("a new box");
    assertThat(repaired.get("at").isString()).isTrue();
    assertThat(
            shown.get("timeline").valueStream().map(moment -> moment.path("reason").asString("")))
        .contains("RETRY by ann: a new box");
  }

  @Test
  void skipCountsTheStuckStepAsDone() {
    var saga = withARefusedShipment();
    repair(saga, "skip").is(204);
    assertThat(BED.state(saga)).isEqualTo("COMPLETED");
    assertThat(BED.drain()).isEmpty();
  }

  @Test
  void thePivotIsNeverSkippedAndNothingPastItIsCompensated() {
    var saga = BED.start();
    BED.deliver(BED.drain().stream().map(Bed::done).toList());
    BED.drain();
    stick(saga, "capture");
    repair(saga, "skip").isProblem(409, "repair-not-possible");
    repair(saga, "compensate").isProblem(409, "past-pivot");
    assertThat(BED.state(saga)).isEqualTo("PARKED");
    assertThat(audited(saga)).isEmpty();
  }

  @Test
  void compensateTurnsASagaThatIsParkedBeforeItsPivot() {
    var saga = BED.start();
    BED.drain();
    stick(saga, "authorize");
    repair(saga, "compensate").is(204);
    assertThat(BED.drain())
        .extracting(Message::type)
        .containsExactlyInAnyOrder("reserve.undo.v1", "authorize.undo.v1");
    assertThat(BED.reason(saga)).isEqualTo("a new box");
  }

  @Test
  void resumeAsksAgainUnderTheSameIdAndMayEditTheData() {
    var saga = withARefusedShipment();
    var before = show(saga).get("steps").get("actions").get("ship").get("ids").get(0).asString();
    operate(saga, "resume", version(saga), ",\"data\":{\"item\":\"coffee\"}").is(204);
    var again = BED.take("ship", Direction.ACTION);
    assertThat(again.id()).hasToString(before);
    assertThat(again.payload()).isEqualTo("{\"item\":\"coffee\"}");
    assertThat(show(saga).get("data").get("item").asString()).isEqualTo("coffee");
    assertThat(detail(saga))
        .contains("\"before\":{\"item\":\"tea\"}", "\"data\":{\"item\":\"coffee\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry  | {\"colour\":\"red\"}        | unusable-data",
        "resume | {\"item\":{\"name\":\"tea\"}} | unusable-data",
        "retry  | \"tea\"                     | wrong-type",
        "skip   | {\"item\":\"coffee\"}       | invalid-value"
      })
  void dataThatTheSagaCannotUseChangesNothing(String repair, String data, String problem) {
    var saga = withARefusedShipment();
    operate(saga, repair, version(saga), ",\"data\":" + data).isProblem(400, problem);
    assertThat(show(saga).get("data").get("item").asString()).isEqualTo("tea");
    assertThat(BED.state(saga)).isEqualTo("PARKED");
    assertThat(audited(saga)).isEmpty();
  }

  @Test
  void dataOfWhichNoCommandCanBeMadeChangesNothing() {
    var saga = Uuid7.next(Instant.now());
    var start = new Start<>(saga, "order", new Purchase("tea"));
    BED.transaction(() -> BED.bean(Sagas.class).start("Choosy", List.of(start)));
    BED.deliver(refused(BED.take("ship", Direction.ACTION), "BROKEN_BOX"));
    operate(saga, "retry", version(saga), ",\"data\":{}").isProblem(400, "unusable-data");
    assertThat(show(saga).get("data").get("item").asString()).isEqualTo("tea");
    assertThat(BED.parked(saga)).isEqualTo("ship was refused: BROKEN_BOX");
    assertThat(audited(saga)).isEmpty();
  }

  @Test
  void whoDecidedOnAnOldVersionIsTold() {
    var saga = withARefusedShipment();
    int seen = version(saga);
    repair(saga, "retry").is(204);
    BED.deliver(refused(BED.take("ship", Direction.ACTION), "BROKEN_BOX"));
    assertThat(BED.state(saga)).isEqualTo("PARKED");
    operate(saga, "retry", seen, "").isProblem(409, "saga-changed");
    assertThat(BED.drain()).isEmpty();
    assertThat(audited(saga)).hasSize(1);
  }

  @Test
  void whatIsNotParkedNeedsNoRepair() {
    var saga = BED.start();
    BED.drain();
    repair(saga, "retry").isProblem(409, "repair-not-possible");
    repair(saga, "compensate").isProblem(409, "repair-not-possible");
    assertThat(BED.drain()).isEmpty();
    assertThat(audited(saga)).isEmpty();
  }

  @Test
  void thereIsNoSuchSaga() {
    operate(UUID.randomUUID(), "retry", 1, "").isProblem(404, "saga-unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"reason\":\"why\",\"version\":5}",
        "{\"actor\":\"ann\",\"version\":5}",
        "{\"actor\":\"ann\",\"reason\":\"why\"}",
        "{\"actor\":\" \",\"reason\":\"why\",\"version\":5}",
        "{\"actor\":\"ann\",\"reason\":\"\",\"version\":5}",
        "{\"actor\":\"ann\",\"reason\":\"why\",\"version\":\"5\"}",
        "{\"actor\":\"ann\",\"reason\":\"why\",\"version\":5,\"force\":true}",
        "{\"actor\":\"ann\\u0000\",\"reason\":\"why\",\"version\":5}",
        "{\"actor\":\"ann\",",
        "[]",
        ""
      })
  void whoDoesItWhyAndOnWhichVersionHasToBeSaid(String body) {
    var saga = withARefusedShipment();
    REST.operate("sagas/" + saga + "/retry", body).isRefused().is(400);
    assertThat(BED.state(saga)).isEqualTo("PARKED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream"
      })
  void whatAPageOfAnotherOriginCouldSendIsRefused(String contentType) {
    var saga = withARefusedShipment();
    REST.operate("sagas/" + saga + "/retry", body(version(saga), ""), "Content-Type", contentType)
        .isProblem(415, "unsupported-media-type");
    assertThat(BED.state(saga)).isEqualTo("PARKED");
  }

  @Test
  void whatIsNoSagaAndWhatIsNoRepairIsRefused() {
    REST.operate("sagas/x/retry", body(1, "")).isProblem(400, "invalid-parameter");
    REST.operate("sagas/" + UUID.randomUUID() + "/delete", body(1, "")).is(404);
  }

  @Test
  void whatCannotBeAuditedIsNotDone() {
    var saga = withARefusedShipment();
    BED.jdbc
        .sql("alter table operator_audit add constraint full_up check (false) not valid")
        .update();
    try {
      repair(saga, "retry").is(500);
    } finally {
      BED.jdbc.sql("alter table operator_audit drop constraint full_up").update();
    }
    assertThat(BED.state(saga)).isEqualTo("PARKED");
    assertThat(BED.history(saga)).doesNotContain(What.REPAIRED);
    assertThat(BED.drain()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update operator_audit set actor = 'bob'",
        "delete from operator_audit",
        "truncate operator_audit"
      })
  void theAuditIsAppendOnly(String sql) {
    var saga = withARefusedShipment();
    repair(saga, "retry").is(204);
    assertThatThrownBy(() -> BED.jdbc.sql(sql).update()).hasMessageContaining("append-only");
    assertThat(audited(saga)).containsExactly("ann");
  }

  @Test
  void aRepairWaitsForTheReplyThatWasFirstAndIsRefused() throws Exception {
    var shipment = withAStuckShipment();
    var saga = sagaOf(shipment);
    var late = done(shipment);
    int seen = version(saga);
    var repaired = new CompletableFuture<Answer>();
    BED.transaction(
        () -> {
          BED.bean(Orchestrator.class).handle(List.of(late));
          repaired.completeAsync(() -> operate(saga, "retry", seen, ""));
          await().until(RepairingSagasTest::somebodyWaitsForALock);
          assertThat(repaired).isNotDone();
        });
    repaired.get().isProblem(409, "saga-changed");
    assertThat(BED.state(saga)).isEqualTo("COMPLETED");
    assertThat(audited(saga)).isEmpty();
  }

  @Test
  void repairsRaceLateRepliesAndEachSagaIsToldOneStory() throws Exception {
    var shipments = Stream.generate(RepairingSagasTest::withAStuckShipment).limit(30).toList();
    var sagas = shipments.stream().map(RepairingSagasTest::sagaOf).toList();
    var versions = sagas.stream().map(RepairingSagasTest::version).toList();
    var answers = new ArrayList<Answer>();
    together(
        () -> {
          shipments.forEach(shipment -> BED.deliver(done(shipment)));
          return true;
        },
        () -> {
          for (int i = 0; i < sagas.size(); i++) {
            answers.add(operate(sagas.get(i), "retry", versions.get(i), ""));
          }
          return true;
        });
    var sent = BED.drain().stream().map(Message::key).toList();
    for (int i = 0; i < sagas.size(); i++) {
      var saga = sagas.get(i);
      boolean repaired = answers.get(i).status() == 204;
      if (!repaired) {
        answers.get(i).isProblem(409, "saga-changed");
      }
      assertThat(BED.state(saga)).isEqualTo("COMPLETED");
      assertThat(BED.history(saga).contains(What.REPAIRED)).isEqualTo(repaired);
      assertThat(audited(saga)).hasSize(repaired ? 1 : 0);
      assertThat(sent.contains(saga.toString())).isEqualTo(repaired);
    }
  }

  @Test
  void ofTwoOperatorsWhoActAtOnceOneIsTold() throws Exception {
    var saga = withARefusedShipment();
    int seen = version(saga);
    Callable<Answer> retry = () -> operate(saga, "retry", seen, "");
    assertThat(together(retry, retry))
        .extracting(Answer::status)
        .containsExactlyInAnyOrder(204, 409);
    BED.take("ship", Direction.ACTION);
    assertThat(BED.drain()).isEmpty();
  }

  private static UUID withARefusedShipment() {
    var shipment = shipping();
    BED.deliver(refused(shipment, "BROKEN_BOX"));
    var saga = sagaOf(shipment);
    assertThat(BED.parked(saga)).isEqualTo("ship was refused: BROKEN_BOX");
    return saga;
  }

  private static Message withAStuckShipment() {
    var shipment = shipping();
    stick(sagaOf(shipment), "ship");
    return shipment;
  }

  private static Message shipping() {
    BED.start();
    BED.deliver(BED.drain().stream().map(Bed::done).toList());
    BED.deliver(done(BED.take("capture", Direction.ACTION)));
    return BED.take("ship", Direction.ACTION);
  }

  private static UUID sagaOf(Message command) {
    return UUID.fromString(command.key());
  }

  /** As if time had passed. */
  private static void stick(UUID saga, String step) {
    BED.jdbc
        .sql(
            "update saga set state = 'PARKED', parked = 'nobody answers', steps = jsonb_set(steps,"
                + " array['actions', :step], steps -> 'actions' -> :step"
                + " || '{\"is\": \"STUCK\", \"cause\": \"TIMED_OUT\"}') where id = :id")
        .param("step", step)
        .param("id", saga)
        .update();
  }

  private static Answer repair(UUID saga, String repair) {
    return operate(saga, repair, version(saga), "");
  }

  private static Answer operate(UUID saga, String repair, int version, String more) {
    return REST.operate("sagas/" + saga + "/" + repair, body(version, more));
  }

  private static String body(int version, String more) {
    return "{\"actor\":\"ann\",\"reason\":\"a new box\",\"version\":%d%s}".formatted(version, more);
  }

  private static int version(UUID saga) {
    return show(saga).get("version").asInt();
  }

  private static JsonNode show(UUID saga) {
    return REST.actuator("sagas/" + saga);
  }

  private static List<String> audited(UUID saga) {
    return BED.jdbc
        .sql("select actor from operator_audit where subject = ? order by seq")
        .param(saga.toString())
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static String detail(UUID saga) {
    return BED.jdbc
        .sql("select detail::text from operator_audit where subject = ?")
        .param(saga.toString())
        .query(String.class)
        .single();
  }

  private static boolean somebodyWaitsForALock() {
    return BED.jdbc
        .sql(
            "select exists (select from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock')")
        .query(Boolean.class)
        .single();
  }

  private static <T> List<T> together(Callable<T> one, Callable<T> other) throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      var results = threads.invokeAll(List.of(one, other));
      return List.of(results.getFirst().get(), results.getLast().get());
    }
  }
}
