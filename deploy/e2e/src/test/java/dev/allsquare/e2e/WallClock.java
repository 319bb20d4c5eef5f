package dev.allsquare.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of one process, which may be put forward and back while it lives. Its monotonic
 * clock goes on, as it does when somebody sets the clock of a machine.
 *
 * @param library what {@link #build} has made
 * @param file the seconds that the clock is wrong by; the process has it in memory
 */
record WallClock(Path library, Path file) {

  private static final Path SOURCE = Path.of("src/test/c/wallclock.c");
  private static final long AN_HOUR = 3600;

  /** The library that does it, where there is a compiler. */
  static Optional<Path> build(Path directory) {
    var library = directory.resolve("wallclock.so").toAbsolutePath();
    try {
      Files.createDirectories(directory);
      var gcc =
          new ProcessBuilder(
                  "gcc", "-shared", "-fPIC", "-O2", "-o", library.toString(), SOURCE.toString())
              .inheritIO()
              .start();
      return gcc.waitFor() == 0 ? Optional.of(library) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What the process has to be started with. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "WALL_CLOCK", file.toAbsolutePath().toString());
  }

  void jump(boolean ahead) {
    write(ahead ? AN_HOUR : -AN_HOUR);
  }

  void comeBack() {
    write(0);
  }

  private void write(long seconds) {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(seconds).flip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
