package dev.allsquare.e2e;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything a campaign did and was told, a line of JSON each, written before anything else comes
 * of it: a campaign that was killed goes on from here.
 */
final class Journal implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final BufferedWriter lines;

  private Journal(BufferedWriter lines) {
    this.lines = lines;
  }

  static Journal at(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var lines =
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      // After a line that a kill cut short.
      lines.newLine();
      return new Journal(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String what, Map<String, ?> details) {
    var line = new LinkedHashMap<String, Object>();
    line.put("what", what);
    line.put("at", Instant.now().toString());
    line.putAll(details);
    synchronized (lines) {
      try {
        lines.write(JSON.writeValueAsString(line));
        lines.newLine();
        lines.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The last line is left out when a kill cut it short. */
  static List<JsonNode> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> line.endsWith("}")).map(JSON::readTree).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    synchronized (lines) {
      try {
        lines.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
