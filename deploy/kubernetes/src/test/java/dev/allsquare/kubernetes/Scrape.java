package dev.allsquare.kubernetes;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Prometheus finds: each metric by itself, and each with one of its labels. */
final class Scrape {

  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"");

  private Scrape() {}

  static Set<String> of(Shop shop) {
    Set<String> found = new TreeSet<>();
    Project.SERVICES.stream()
        .flatMap(it -> shop.scrape(it).lines())
        .filter(it -> !it.startsWith("#"))
        .forEach(line -> found.addAll(read(line)));
    return found;
  }

  static Set<String> needed(PromQl.Series series) {
    Set<String> needed = new TreeSet<>(Set.of(series.metric()));
    series.labels().forEach(it -> needed.add(series.metric() + " by " + it));
    return needed;
  }

  /** All series of this name and these labels together. */
  static long sum(String scrape, String metric, String labels) {
    return scrape
        .lines()
        .filter(it -> it.startsWith(metric + "{") && it.contains(labels))
        .mapToLong(it -> (long) Double.parseDouble(it.substring(it.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static Set<String> read(String line) {
    String metric = line.split("[{ ]", 2)[0];
    Stream<String> labels = LABEL.matcher(line).results().map(it -> it.group(1));
    return needed(new PromQl.Series(metric, Set.copyOf(labels.toList())));
  }
}
