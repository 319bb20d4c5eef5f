package dev.allsquare.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk small enough to be filled; an ordinary directory where we may not mount one. */
record SmallDisk(Path directory, boolean isSmall) implements AutoCloseable {

  private static final int MEGABYTE = 1 << 20;
  private static final List<String> AS_ROOT = List.of("sudo", "-n");

  static SmallDisk at(Path directory) {
    try {
      Files.createDirectories(directory);
      return new SmallDisk(directory, isMounted(directory) || mount(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that an earlier campaign left here. */
  static void remove(Path directory) {
    if (isMounted(directory)) {
      new SmallDisk(directory, true).close();
    }
  }

  private static boolean isMounted(Path directory) {
    return succeeds("mountpoint", "-q", directory.toString());
  }

  private static boolean mount(Path directory) throws IOException {
    var options =
        "size=2g,mode=755,uid=%s,gid=%s"
            .formatted(
                Files.getAttribute(directory, "unix:uid"),
                Files.getAttribute(directory, "unix:gid"));
    return asRoot("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString());
  }

  /** Returns how many bytes were missing to a full disk. */
  long fill() {
    var zeros = new byte[MEGABYTE];
    long written = 0;
    try (var out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(zeros);
        written += zeros.length;
      }
    } catch (IOException e) {
      // It is full.
      return written;
    }
  }

  void empty() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return directory.resolve("ballast");
  }

  @Override
  public void close() {
    if (isSmall) {
      asRoot("umount", directory.toString());
    }
  }

  private static boolean asRoot(String... command) {
    var prefixed = new ArrayList<>(AS_ROOT);
    prefixed.addAll(List.of(command));
    return succeeds(command) || succeeds(prefixed.toArray(String[]::new));
  }

  private static boolean succeeds(String... command) {
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
