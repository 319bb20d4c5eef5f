package dev.allsquare.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that was measured; written anew after each run, so that an interruption loses nothing.
 */
final class Results {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path directory;
  private final Settings settings;
  private final Map<String, String> machine = Machine.describe();
  private final List<Sample> samples = new ArrayList<>();

  Results(Path directory, Settings settings) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.settings = settings;
  }

  Path directory() {
    return directory;
  }

  boolean isAnyVoid() {
    return samples.stream().anyMatch(Sample::isVoid);
  }

  void add(Sample sample) throws IOException {
    samples.add(sample);
    JSON.writeValue(
        directory.resolve("results.json"),
        Map.of("machine", machine, "settings", settings, "runs", samples));
    Files.writeString(directory.resolve("results.md"), markdown());
    Charts.draw(directory, benchmarks());
  }

  /** Rows by benchmark, in the order they were measured. */
  private Map<String, List<Medians>> benchmarks() {
    return samples.stream()
        .collect(
            Collectors.groupingBy(
                Sample::benchmark,
                LinkedHashMap::new,
                Collectors.collectingAndThen(Collectors.toList(), Medians::of)));
  }

  private String markdown() {
    var text = new StringBuilder("# Measured\n\n");
    machine.forEach((name, value) -> text.append("- %s: %s%n".formatted(name, value)));
    text.append("- settings: %s%n".formatted(settings));
    text.append("%nMedians of the valid runs, with the least and the greatest.%n");
    benchmarks().forEach((name, rows) -> text.append(table(name, rows)));
    return text.toString();
  }

  private static String table(String name, List<Medians> rows) {
    var text = new StringBuilder("%n## %s%n".formatted(name));
    // Outboxes and sagas have figures of their own: a table each.
    var tables =
        rows.stream()
            .collect(Collectors.groupingBy(Medians::kind, LinkedHashMap::new, Collectors.toList()));
    tables.forEach((_, some) -> text.append(table(some)));
    return text.toString();
  }

  private static String table(List<Medians> rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.names()));
    var text = new StringBuilder("\n| | runs | ");
    text.append(String.join(" | ", columns)).append(" | note |\n|---|---|");
    text.append("---|".repeat(columns.size() + 1)).append("\n");
    for (var row : rows) {
      text.append("| %s | %s | ".formatted(row.variant().name(), row.counted()));
      text.append(columns.stream().map(row::told).collect(Collectors.joining(" | ")));
      text.append(" | %s |%n".formatted(row.variant().note()));
    }
    return text.toString();
  }

  static String round(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
