package dev.allsquare.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One command at a time: also while everything is wiped, and when a program ends. */
class StartLockTest {

  private static final String LOCKED = "locked";

  @TempDir Path data;

  /** Another program that has the lock until it is told to end. */
  public static final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      try (var _ = StartLock.take(Path.of(arguments[0]))) {
        System.out.println(LOCKED);
        int end = System.in.read();
        assertThat(end).isNotNegative();
      }
    }
  }

  @Test
  void wipingLeavesTheLockWhereItIs() throws IOException {
    Up.wipe(data, Progress.silent());
    var before = Files.readAttributes(StartLock.file(data), "fileKey");
    Files.createDirectories(data.resolve("kafka/log"));
    Files.writeString(data.resolve("kafka/log/segment"), "old");
    Files.writeString(data.resolve("run/kafka.pid"), "1");

    Up.wipe(data, Progress.silent());

    assertThat(Files.readAttributes(StartLock.file(data), "fileKey")).isEqualTo(before);
    assertThat(data.resolve("kafka")).doesNotExist();
    assertThat(data.resolve("run")).isDirectoryContaining("glob:**lock").isNotEmptyDirectory();
    assertThat(data.resolve("run/kafka.pid")).doesNotExist();
  }

  @Test
  void aProgramThatEndsWaitsForAnotherCommandBeforeItStopsAnything() throws Exception {
    var plan = new Plan(Home.find(), data, 1, 1, Ports.random(1), "secret", new TreeMap<>());
    plan.save();
    var holder = holder();
    try {
      assertThatThrownBy(() -> StartLock.take(data)).hasMessageContaining("Another command");
      var said = new CompletableFuture<String>();
      var hook = new Thread(() -> stopAtExit(plan, said));
      hook.start();

      assertThat(hook.join(Duration.ofSeconds(1))).isFalse();
      holder.getOutputStream().write('\n');
      holder.getOutputStream().flush();

      assertThat(hook.join(Duration.ofSeconds(60))).isTrue();
      assertThat(said).isCompletedWithValue("stopped");
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void aStartOfItsOwnItDoesNotWaitFor() {
    try (var _ = StartLock.take(data);
        var second = StartLock.awaitOthers(data)) {
      assertThat(second).isNotNull();
    }
    try (var free = StartLock.take(data)) {
      assertThat(free).isNotNull();
    }
  }

  private static void stopAtExit(Plan plan, CompletableFuture<String> said) {
    new RunningTopology(plan).stopAtExit(Progress.silent());
    said.complete("stopped");
  }

  private Process holder() throws IOException {
    var holder =
        new ProcessBuilder(
                List.of(
                    Java.program(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Holder.class.getName(),
                    data.toString()))
            .redirectErrorStream(true)
            .start();
    var lines = holder.inputReader(StandardCharsets.UTF_8).lines();
    assertThat(lines.filter(LOCKED::equals).findFirst()).isPresent();
    return holder;
  }
}
