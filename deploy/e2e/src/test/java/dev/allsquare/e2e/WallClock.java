package dev.allsquare.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of one process, which may be put forward and back while it lives. Its monotonic
 * clock goes on, as it does when somebody sets the clock of a machine.
 */
record WallClock(Path file) {

  private static final String RIGHT = "+0";
  private static final String AN_HOUR_AHEAD = "+3600";
  private static final String AN_HOUR_BACK = "-3600";

  /** The library that does it, where it is installed. */
  static Optional<Path> library() {
    try (var found =
        Files.find(
            Path.of("/usr/lib"), 4, (file, _) -> file.endsWith("faketime/libfaketimeMT.so.1"))) {
      return found.findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What the process has to be started with. */
  Map<String, String> environment() {
    return library()
        .map(
            library ->
                Map.of(
                    "LD_PRELOAD", library.toString(),
                    "FAKETIME_TIMESTAMP_FILE", file.toAbsolutePath().toString(),
                    "FAKETIME_CACHE_DURATION", "1",
                    "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                    "DONT_FAKE_MONOTONIC", "1"))
        .orElse(Map.of());
  }

  void jump(boolean ahead) {
    write(ahead ? AN_HOUR_AHEAD : AN_HOUR_BACK);
  }

  void comeBack() {
    write(RIGHT);
  }

  /** Whoever reads it sees one or the other. */
  private void write(String offset) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var draft = file.resolveSibling(file.getFileName() + ".draft");
      Files.writeString(draft, offset + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
