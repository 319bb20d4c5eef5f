package dev.allsquare.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that outlive the program that started them. */
class PidFileTest {

  @TempDir Path directory;

  @Test
  void findsTheProcessThatWasWritten() {
    var file = file();
    file.write(ProcessHandle.current().pid());
    assertThat(file.alive()).hasValue(ProcessHandle.current());
  }

  @Test
  void aRecycledPidIsSomebodyElse() throws IOException {
    var file = file();
    file.write(ProcessHandle.current().pid());
    List<String> lines = Files.readAllLines(file.file());
    Files.write(file.file(), List.of(lines.get(0), lines.get(1) + "1"));
    assertThat(file.alive()).isEmpty();
    assertThat(file.exists()).isTrue();
  }

  @Test
  void aProcessThatHasEndedIsNotAlive() throws IOException, InterruptedException {
    var process = new ProcessBuilder("sh", "-c", "read line").start();
    var file = file();
    file.write(process.pid());
    assertThat(file.alive()).isPresent();
    process.destroyForcibly().waitFor();
    assertThat(file.alive()).isEmpty();
  }

  @Test
  void aZombieIsNotAlive() {
    assertThat(Birth.ofStat("7 (a) b) S 1 7 7 0 -1 4 0 0 0 0 0 0 0 0 20 0 1 0 777 0", "boot"))
        .hasValue(new Birth("boot/777"));
    assertThat(Birth.ofStat("7 (a) b) Z 1 7 7 0 -1 4 0 0 0 0 0 0 0 0 20 0 1 0 777 0", "boot"))
        .isEmpty();
  }

  @Test
  void nothingIsAliveWithoutAFileOrWithAHalfOne() throws IOException {
    assertThat(file().alive()).isEmpty();
    Files.writeString(file().file(), "nonsense");
    assertThat(file().alive()).isEmpty();
    Files.writeString(file().file(), Long.toString(ProcessHandle.current().pid()));
    assertThat(file().alive()).isEmpty();
  }

  private PidFile file() {
    return new PidFile(directory.resolve("part.pid"));
  }
}
