package dev.allsquare.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the parts when the program that started them is killed. */
class TetherTest {

  private static final String STARTED = "all is started";
  private static final String MIDWAY = "postgres is ready";

  @TempDir Path home;
  @TempDir Path data;

  /** Starts a topology and then waits to be killed; told to detach, it lets it live. */
  public static final class Starter {

    private Starter() {}

    public static void main(String[] arguments) throws InterruptedException {
      var topology =
          Topology.in(Path.of(arguments[1]))
              .home(Path.of(arguments[0]))
              .randomPorts()
              .start(System.out::println);
      if (arguments[2].equals("detach")) {
        topology.outliveThisProgram();
      }
      System.out.println(STARTED);
      Thread.currentThread().join();
    }
  }

  @AfterEach
  void stop() {
    Topology.known(data).ifPresent(RunningTopology::close);
  }

  @Test
  void everythingEndsWithAProgramThatIsKilled() throws Exception {
    killOneThatSaid(STARTED, "stay");

    var left = Topology.known(data).orElseThrow();
    await().atMost(Duration.ofSeconds(60)).until(() -> !left.isAnythingRunning());
  }

  @Test
  void soItDoesWithOneThatIsKilledWhileItStillStarts() throws Exception {
    killOneThatSaid(MIDWAY, "stay");

    var left = Topology.known(data).orElseThrow();
    await().atMost(Duration.ofSeconds(60)).until(() -> !left.isAnythingRunning());
    await().until(() -> ProcessHandle.allProcesses().noneMatch(this::belongsHere));
  }

  @Test
  void whatWasDetachedLivesOn() throws Exception {
    killOneThatSaid(STARTED, "detach");

    await().until(() -> ProcessHandle.allProcesses().noneMatch(this::mayStopItAll));
    var left = Topology.known(data).orElseThrow();
    assertThat(left.names()).allMatch(left::isRunning);
  }

  private boolean belongsHere(ProcessHandle process) {
    return process.info().commandLine().filter(it -> it.contains(data.toString())).isPresent();
  }

  private boolean mayStopItAll(ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .filter(it -> it.contains(Tether.class.getName()) && it.contains(data.toString()))
        .isPresent();
  }

  private void killOneThatSaid(String line, String how) throws IOException, InterruptedException {
    StandInService.buildInto(home);
    var program =
        new ProcessBuilder(
                List.of(
                    Java.program(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Starter.class.getName(),
                    home.toString(),
                    data.toString(),
                    how))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said = program.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.lines().filter(line::equals).findFirst()).isPresent();
    }
    program.destroyForcibly().waitFor();
  }
}
