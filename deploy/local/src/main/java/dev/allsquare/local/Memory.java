package dev.allsquare.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** How much memory a process and its children hold, where the system tells it in /proc. */
final class Memory {

  private static final long KILOBYTES = 1024;

  private Memory() {}

  /** Shared pages count once: it is the proportional share of each process that is summed up. */
  static Optional<Long> megabytes(ProcessHandle process) {
    long sum =
        Stream.concat(Stream.of(process), process.descendants())
            .mapToLong(each -> kilobytes(each.pid()))
            .sum();
    return sum == 0 ? Optional.empty() : Optional.of(sum / KILOBYTES);
  }

  private static long kilobytes(long pid) {
    Path file = Path.of("/proc", Long.toString(pid), "smaps_rollup");
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
