package dev.allsquare.local.sagactl;

import static dev.allsquare.local.sagactl.Examples.ID;
import static dev.allsquare.local.sagactl.Examples.KEY;
import static dev.allsquare.local.sagactl.Examples.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SagactlTest {

  private static final String JOB = "01990000-0000-7000-8000-00000000000b";
  private static final String FOUND =
      """
      {"dryRun":true,"count":2,"more":false,"sample":[{"id":"1","type":"Purchase","businessKey":"k","parked":"capture was refused"}]}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private StubActuator actuator;

  @BeforeEach
  void open() throws IOException {
    actuator = new StubActuator();
  }

  @AfterEach
  void close() {
    actuator.close();
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(run("--help")).isZero();
    for (var command : Usage.values()) {
      assertThat(said()).contains(command.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mend 1",
        "show",
        "show 1 2",
        "list --colour red",
        "list --state",
        "retry 1 --version 3",
        "retry 1 --reason because",
        "retry 1 --version x --reason because",
        "retry --reason because --version 1",
        "retry 1 --all --reason because",
        "letter x",
        "show 1 --service strangers"
      })
  void whatMakesNoSenseAsksNobody(String line) {
    var words = line.isEmpty() ? new String[0] : line.split(" ");
    boolean elsewhere = line.contains("--service") || words.length == 0;
    assertThat(elsewhere ? runAnywhere(words) : run(words)).isEqualTo(2);
    assertThat(actuator.asked()).isEmpty();
  }

  @Test
  void aListIsATable() {
    actuator.on(
        "GET sagas?reason=50%25+off&state=PARKED",
        200, "{\"items\":[%s],\"next\":\"%s\"}".formatted(Examples.PARKED, ID));

    assertThat(run("list", "--state", "PARKED", "--because", "50% off")).isZero();
    assertThat(said()).contains(ID, "PARKED", "capture was not answered in time", "--after " + ID);
  }

  @Test
  void nothingAServiceSaysMovesTheCursor() {
    actuator.on(
        "GET deadletters",
        200,
        "{\"items\":[{\"seq\":1,\"topic\":\"t\",\"cause\":\"FAILED\",\"why\":\"\\u001b[2J gone\\nSEQ\",\"at\":\"now\"}]}");

    assertThat(run("letters")).isZero();
    assertThat(said()).contains("[2J gone SEQ").doesNotContain("\u001b");
  }

  @Test
  void aSagaIsFoundByItsKey() {
    known();

    assertThat(run("show", KEY)).isZero();
    assertThat(said()).contains("\"businessKey\" : \"order-7\"");
  }

  @Test
  void aKeyOfSeveralSagasIsAskedBack() {
    actuator.on(
        "GET sagas?key=k", 200, "{\"items\":[%s,%s]}".formatted(Examples.PARKED, Examples.PARKED));

    assertThat(run("show", "k")).isOne();
    assertThat(complained()).contains("several", ID);
  }

  @Test
  void aSagaThatIsNotThereIsNamed() {
    actuator.on("GET sagas?key=" + ID, 200, "{\"items\":[]}");

    assertThat(run("explain", ID)).isOne();
    assertThat(complained()).contains("There is no saga of " + ID);
  }

  @Test
  void explainTellsWhereItStandsAndForWhomItWaits() {
    known();

    assertThat(run("explain", ID)).isZero();
    assertThat(said())
        .contains(
            "PARKED, going forward: capture was not answered in time",
            "waits for capture; payment-service has 12 messages of capture.commands before it",
            "+11.000 s",
            "commanded capture #2",
            "replied capture FAILED alice's wallet broke",
            "saga.retry by ann",
            "sagactl retry " + ID + " --version 9");
  }

  @Test
  void whoRepairsIsTheUserUnlessTold() {
    known();
    actuator.on("POST sagas/" + ID + "/retry", 204, "");

    assertThat(run("retry", ID, "--version", "9", "--reason", "mended")).isZero();
    assertThat(run("retry", ID, "--version", "9", "--reason", "mended", "--actor", "bea")).isZero();
    assertThat(posts()).hasSize(2);
    assertThat(posts().getFirst())
        .contains("\"actor\":\"ursula\"", "\"version\":9", "\"reason\":\"mended\"");
    assertThat(posts().getLast()).contains("\"actor\":\"bea\"");
  }

  @Test
  void editedDataGoesAlong(@TempDir Path directory) throws IOException {
    known();
    actuator.on("POST sagas/" + ID + "/resume", 204, "");
    var file = Files.writeString(directory.resolve("data.json"), "{\"customer\":\"carol\"}");

    assertThat(run("resume", ID, "--version", "9", "--reason", "r", "--data", file.toString()))
        .isZero();
    assertThat(posts().getFirst()).contains("\"data\":{\"customer\":\"carol\"}");
  }

  @Test
  void whoWasTooLateIsTold() {
    known();
    actuator.on(
        "POST sagas/" + ID + "/skip", 409, problem("saga-changed", "It has version 10 by now."));

    assertThat(run("skip", ID, "--version", "9", "--reason", "r")).isEqualTo(4);
    assertThat(complained()).contains("It has version 10 by now.", "Nothing was done");
  }

  @Test
  void whatIsNotPossibleIsTold() {
    known();
    actuator.on("POST sagas/" + ID + "/compensate", 409, problem("past-pivot", "Never now."));

    assertThat(run("compensate", ID, "--version", "9", "--reason", "r")).isOne();
    assertThat(complained()).contains("Never now. (409 past-pivot)");
  }

  @Test
  void aServiceThatIsDownIsTold() {
    actuator.close();

    assertThat(run("list")).isEqualTo(3);
    assertThat(complained()).contains("order-service does not answer at " + actuator.url());
  }

  @Test
  void aServiceThatBreaksIsTold() {
    actuator.on("GET sagas", 503, problem("database-away", "The database is away."));

    assertThat(run("list")).isEqualTo(3);
    assertThat(complained()).contains("503", "The database is away.");
  }

  @Test
  void manyAreNotRepairedUntilItIsSaid() {
    actuator.on("POST sagas/repairs", 200, FOUND);

    assertThat(run("retry", "--all", "--step", "capture", "--age", "PT5M", "--reason", "r"))
        .isZero();
    assertThat(said()).contains("RETRY of 2", "capture was refused", "add --yes");
    assertThat(posts()).hasSize(1);
    assertThat(posts().getFirst())
        .contains("\"dryRun\":true", "\"step\":\"capture\"", "\"olderThan\":\"PT5M\"");
  }

  @Test
  void manyAreRepairedWithProgress() {
    actuator
        .on("POST sagas/repairs", 200, FOUND)
        .on("POST sagas/repairs", 202, job(0, 0, false))
        .on("GET sagas/repairs/" + JOB, 200, job(1, 0, false))
        .on("GET sagas/repairs/" + JOB, 200, job(2, 0, true));

    assertThat(run("retry", "--all", "--reason", "r", "--rate", "20", "--yes")).isZero();
    assertThat(said()).contains("1 of 2 done, 0 refused", "2 of 2 done, 0 refused");
    assertThat(posts().getLast()).contains("\"ratePerSecond\":20").doesNotContain("dryRun");
  }

  @Test
  void whatWasRefusedOfManyIsNamed() {
    actuator
        .on("POST deadletters/repairs", 200, FOUND)
        .on("POST deadletters/repairs", 202, job(0, 0, false))
        .on("GET deadletters/repairs/" + JOB, 200, job(1, 1, true));

    assertThat(run("redrive", "--all", "--topic", "t", "--reason", "r", "--yes")).isEqualTo(5);
    assertThat(said()).contains("7: dead-letter-unknown. It is gone.");
    assertThat(complained()).contains("1 were refused");
  }

  @Test
  void aDeadLetterIsRedrivenEditedAndAnotherDiscarded(@TempDir Path directory) throws IOException {
    actuator.on("POST deadletters/4/redrive", 204, "").on("POST deadletters/5/discard", 204, "");
    var file = Files.writeString(directory.resolve("payload.json"), "{\"sku\":\"TEA\"}");

    assertThat(run("redrive", "4", "--reason", "r", "--payload", file.toString())).isZero();
    assertThat(run("discard", "5", "--reason", "r")).isZero();
    assertThat(posts().getFirst()).contains("\"payload\":{\"sku\":\"TEA\"}");
  }

  @Test
  void aParkedKeyIsReleased() {
    actuator.on("POST outbox/release", 204, "");

    assertThat(run("release", "order.events", "k 1", "--reason", "r")).isZero();
    assertThat(posts().getFirst()).contains("\"topic\":\"order.events\"", "\"key\":\"k 1\"");
  }

  @Test
  void aBundleTellsNothingOfPeople() {
    known();

    assertThat(run("export", ID)).isZero();
    assertThat(said())
        .contains("\"format\" : \"allsquare-saga-bundle-1\"", "\"sku\" : \"redacted\"")
        .contains("capture was not answered in time", "\"timeout\" : \"PT1M\"", "\"RETRY\"")
        .doesNotContain("alice", "ann", "12.50", "TEA", KEY);
  }

  private void known() {
    actuator
        .on("GET sagas/" + ID, 200, Examples.PARKED)
        .on("GET sagas?key=" + KEY, 200, "{\"items\":[%s]}".formatted(Examples.PARKED))
        .on("GET sagas/definitions", 200, Examples.DEFINITIONS);
  }

  private static String job(int done, int refused, boolean ended) {
    return """
        {"job":{"id":"%s","items":2,"done":%d,"refused":%d,"endedAt":%s},
         "items":[{"position":1,"subject":"6","result":"DONE"},
                  {"position":2,"subject":"7","result":"dead-letter-unknown","detail":"It is gone."}]}
        """
        .formatted(JOB, done, refused, ended ? "\"2026-06-01T12:00:00Z\"" : "null");
  }

  private int run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", actuator.url()));
    return runAnywhere(all.toArray(String[]::new));
  }

  private int runAnywhere(String... arguments) {
    var sagactl =
        new Sagactl(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of("USER", "ursula"));
    return sagactl.run(List.of(arguments));
  }

  private List<String> posts() {
    return actuator.asked().stream().filter(it -> it.startsWith("POST")).toList();
  }

  private String said() {
    return out.toString(UTF_8);
  }

  private String complained() {
    return err.toString(UTF_8);
  }
}
