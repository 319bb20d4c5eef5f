package dev.allsquare.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The end of a log, which is where the reason of a crash stands. */
final class LogTail {

  private static final int LINES = 25;
  private static final int BYTES = 32 * 1024;

  private LogTail() {}

  static String of(Path log) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - BYTES);
      var bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\\R", -1);
      var tail = Arrays.copyOfRange(lines, Math.max(0, lines.length - LINES), lines.length);
      return "  | " + String.join(System.lineSeparator() + "  | ", tail);
    } catch (IOException e) {
      return "  (there is no log " + log + ")";
    }
  }
}
