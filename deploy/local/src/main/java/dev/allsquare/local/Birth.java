package dev.allsquare.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * When a process began, as a text that no other process on this machine ever has with the same pid.
 *
 * <p>Linux counts in ticks since the boot, so a corrected clock does not change it; elsewhere it is
 * the time of day.
 */
record Birth(String text) {

  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  /** Empty when there is no such process, or only its zombie. */
  static Optional<Birth> of(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    if (Files.isDirectory(Path.of("/proc/self"))) {
      try {
        return ofStat(Files.readString(stat), bootId());
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .map(Instant::toString)
        .map(Birth::new);
  }

  /**
   * The program's name stands in parentheses and may hold anything, so the fields count from behind
   * it.
   */
  static Optional<Birth> ofStat(String stat, String bootId) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
      return Optional.empty();
    }
    return Optional.of(new Birth(bootId + "/" + fields[START_TICKS]));
  }

  /** Whether SIGSTOP holds it; only Linux tells. */
  static boolean isPaused(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException e) {
      return false;
    }
  }

  private static String bootId() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }
}
