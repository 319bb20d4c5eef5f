package dev.allsquare.local.sagactl;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.saga.Saga;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bundle becomes a test that compiles, lives the saga through again, and fails at its end. */
public class BundleAsTestTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path directory;

  /** What the saga of {@link Examples} was made from. */
  public static Saga<Object> purchase() {
    return Saga.named("Purchase")
        .version(1)
        .over(Object.class, "replies")
        .inParallel(
            step("reserve")
                .compensatedBy("reserve.commands", "undo.v1", it -> it)
                .timeout(minute()),
            step("authorize")
                .compensatedBy("authorize.commands", "undo.v1", it -> it)
                .timeout(minute()))
        .pivot(step("capture").timeout(minute()))
        .build();
  }

  private static dev.allsquare.saga.Step<Object> step(String name) {
    return dev.allsquare.saga.Step.<Object>step(name, name + ".commands", name + ".v1", it -> it);
  }

  private static Duration minute() {
    return Duration.ofMinutes(1);
  }

  @Test
  void theTestFailsWhereTheSagaStands() throws Exception {
    var source = source(JSON.readTree(Examples.PARKED));

    assertThat(source)
        .contains(
            ".expect(\"reserve\", \"authorize\")",
            ".failed(\"capture\")",
            ".inTime(\"capture #2\")",
            ".timesOut(\"capture\")",
            ".retry()",
            ".expect(\"capture #2 again\")",
            "// it stood here: PARKED, capture was not answered in time");
    assertThatThrownBy(() -> run(source))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("capture was not answered in time")
        .extracting(BundleAsTestTest::lineOfTheTest)
        .isEqualTo(lineOf(source, ".isCompleted()"));
  }

  @Test
  void aSagaThatEndedMakesATestThatPasses() throws Exception {
    run(
        source(
            JSON.readTree(
                """
                {"id":"1","type":"Purchase","definition":1,"state":"COMPENSATED","direction":"COMPENSATION",
                 "reason":"SOLD_OUT","timeline":[
                 {"at":"2026-06-01T12:00:00Z","what":"STARTED"},
                 {"at":"2026-06-01T12:00:00Z","what":"COMMANDED","step":"reserve","direction":"ACTION","commandId":"r1","attempt":1},
                 {"at":"2026-06-01T12:00:00Z","what":"COMMANDED","step":"authorize","direction":"ACTION","commandId":"a1","attempt":1},
                 {"at":"2026-06-01T12:00:01Z","what":"REPLIED","step":"reserve","direction":"ACTION","commandId":"r1","verdict":"REFUSED","reason":"SOLD_OUT"},
                 {"at":"2026-06-01T12:00:01Z","what":"TURNED_ROUND","reason":"SOLD_OUT"},
                 {"at":"2026-06-01T12:00:01Z","what":"COMMANDED","step":"authorize","direction":"COMPENSATION","commandId":"u1","attempt":1},
                 {"at":"2026-06-01T12:00:02Z","what":"REPLIED_LATE","step":"authorize","direction":"ACTION","commandId":"a1","verdict":"DONE"},
                 {"at":"2026-06-01T12:00:03Z","what":"REPLIED","step":"authorize","direction":"COMPENSATION","commandId":"u1","verdict":"DONE"},
                 {"at":"2026-06-01T12:00:03Z","what":"COMPENSATED"}]}
                """)));
  }

  private String source(JsonNode saga) throws IOException {
    var file = directory.resolve("bundle.json");
    Files.writeString(file, Bundle.of(saga, JSON.readTree(Examples.DEFINITIONS)).toString());
    return TestSource.of(
        new Request(
            Usage.DIALOGUE,
            List.of(file.toString()),
            Map.of(
                "package", "generated",
                "class", "Generated",
                "saga", "dev.allsquare.local.sagactl.BundleAsTestTest.purchase()"),
            java.util.Set.of()));
  }

  private void run(String source) throws Exception {
    var file = Files.writeString(directory.resolve("Generated.java"), source);
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString(),
                file.toString());
    assertThat(errors).as("compiles:%n%s", source).isZero();
    try (var loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
      var test = loader.loadClass("generated.Generated");
      var constructor = test.getDeclaredConstructor();
      constructor.setAccessible(true);
      var method = test.getDeclaredMethod("theSagaComesToItsEnd");
      method.setAccessible(true);
      method.invoke(constructor.newInstance());
    }
  }

  private static int lineOfTheTest(Throwable failure) {
    return List.of(failure.getStackTrace()).stream()
        .filter(it -> requireNonNull(it.getClassName()).equals("generated.Generated"))
        .findFirst()
        .orElseThrow()
        .getLineNumber();
  }

  private static int lineOf(String source, String text) {
    return (int) source.substring(0, source.indexOf(text)).lines().count();
  }
}
