package dev.allsquare.benchmarks.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU seconds as Linux counts them; nothing where there is no {@code /proc}. */
public final class Cpu {

  /** What {@code sysconf(_SC_CLK_TCK)} says on every Linux. */
  private static final double TICKS = 100;

  private static final int PARENT = 1;
  private static final int OWN_FIRST = 11;
  private static final int CHILDREN_FIRST = 13;

  private Cpu() {}

  /** One process, without its children. */
  public static double of(long pid) {
    var fields = fields(pid);
    return fields.length == 0 ? 0 : sum(fields, OWN_FIRST) / TICKS;
  }

  /** A process with the children it has, and those it has had. */
  public static double ofFamily(long pid) {
    var fields = fields(pid);
    if (fields.length == 0) {
      return 0;
    }
    double living =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToDouble(child -> of(child.pid()))
            .sum();
    return living + (sum(fields, OWN_FIRST) + sum(fields, CHILDREN_FIRST)) / TICKS;
  }

  static long parent(long pid) {
    var fields = fields(pid);
    return fields.length == 0 ? 0 : Long.parseLong(fields[PARENT]);
  }

  /** Resident memory in megabytes. */
  public static double residentMegabytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static double sum(String[] fields, int first) {
    return Double.parseDouble(fields[first]) + Double.parseDouble(fields[first + 1]);
  }

  /** Those behind the command, which is in brackets and may have blanks: state, parent, … */
  private static String[] fields(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    } catch (IOException e) {
      return new String[0];
    }
  }

  static double ofThisProcess() {
    return of(ProcessHandle.current().pid());
  }
}
