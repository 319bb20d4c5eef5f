package dev.allsquare.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;

/** A bar per variant, or a line where the variants are sizes or rates. */
final class Charts {

  private static final List<String> BARS =
      List.of("sagas/s", "steady messages/s", "drain messages/s", "produced records/s");
  private static final List<String> LINES =
      List.of("sagas/s", "p50 ms", "p95 ms", "p99 ms", "p99.9 ms");

  private Charts() {}

  static void draw(Path directory, Map<String, List<Medians>> benchmarks) throws IOException {
    for (var benchmark : benchmarks.entrySet()) {
      var rows = benchmark.getValue();
      switch (benchmark.getKey()) {
        case "latency", "growth" -> line(directory, benchmark.getKey(), rows);
        default -> {
          for (var figure : BARS) {
            bars(directory, benchmark.getKey(), figure, with(figure, rows));
          }
        }
      }
    }
  }

  private static List<Medians> with(String figure, List<Medians> rows) {
    return rows.stream().filter(row -> row.names().contains(figure)).toList();
  }

  private static void bars(Path directory, String name, String figure, List<Medians> rows)
      throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    var chart =
        new CategoryChartBuilder().width(1_200).height(600).title(name).yAxisTitle(figure).build();
    chart.getStyler().setXAxisLabelRotation(30);
    chart.getStyler().setLegendVisible(false);
    chart.addSeries(
        figure,
        rows.stream().map(row -> row.variant().name()).toList(),
        rows.stream().map(row -> row.median(figure)).toList());
    save(directory, name + "-" + figure, chart);
  }

  private static void line(Path directory, String name, List<Medians> rows) throws IOException {
    var chart = new XYChartBuilder().width(1_200).height(600).title(name).xAxisTitle("at").build();
    for (var figure : name.equals("growth") ? LINES.subList(0, 1) : LINES.subList(1, 5)) {
      var some = with(figure, rows);
      if (!some.isEmpty()) {
        chart.addSeries(
            figure,
            some.stream()
                .mapToDouble(
                    row -> Double.parseDouble(row.variant().settings().getOrDefault("at", "0")))
                .toArray(),
            some.stream().mapToDouble(row -> row.median(figure)).toArray());
      }
    }
    if (!chart.getSeriesMap().isEmpty()) {
      save(directory, name, chart);
    }
  }

  private static void save(Path directory, String name, Chart<?, ?> chart) throws IOException {
    var file = directory.resolve(name.replaceAll("\\W+", "-")).toString();
    BitmapEncoder.saveBitmap(chart, file, BitmapFormat.PNG);
  }
}
