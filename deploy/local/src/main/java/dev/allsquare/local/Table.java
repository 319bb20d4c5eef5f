package dev.allsquare.local;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns as wide as their widest cell. */
public record Table(List<List<String>> rows) {

  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    var widths = IntStream.range(0, columns).map(this::width).toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, columns)
                    .mapToObj(column -> pad(row.get(column), widths[column]))
                    .collect(Collectors.joining("  ", "  ", ""))
                    .stripTrailing())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String pad(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }
}
