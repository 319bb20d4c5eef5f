package dev.allsquare.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Programs that do one thing and end. */
final class Commands {

  private Commands() {}

  /** Runs it to its end; what it prints goes to the log, and a failure names that log. */
  static void run(List<String> command, Path directory, Path log)
      throws IOException, InterruptedException {
    int code =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start()
            .waitFor();
    if (code != 0) {
      throw new TopologyException(
          String.join(" ", command) + " failed:" + System.lineSeparator() + LogTail.of(log));
    }
  }

  static boolean succeeds(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
