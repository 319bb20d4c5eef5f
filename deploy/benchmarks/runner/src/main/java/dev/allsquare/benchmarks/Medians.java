package dev.allsquare.benchmarks;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the valid runs of one variant have in common. */
record Medians(Variant variant, List<Sample> samples) {

  static List<Medians> of(List<Sample> samples) {
    return samples.stream()
        .collect(Collectors.groupingBy(Sample::variant, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> new Medians(entry.getKey(), entry.getValue()))
        .toList();
  }

  Set<String> names() {
    var names = new LinkedHashSet<String>();
    valid().forEach(sample -> names.addAll(sample.figures().keySet()));
    return names;
  }

  /** Variants with the same first figure stand in one table; void ones in the first. */
  String kind() {
    return names().stream().anyMatch(name -> name.contains("messages/s")) ? "messages" : "";
  }

  String counted() {
    int voided = samples.size() - valid().size();
    return valid().size() + (voided == 0 ? "" : " and " + voided + " void");
  }

  /** The median, with the least and the greatest; a dash where it was not measured. */
  String told(String name) {
    var values = values(name);
    if (values.length == 0) {
      return "–";
    }
    String median = Results.round(median(name));
    return values.length == 1
        ? median
        : "%s (%s–%s)"
            .formatted(median, Results.round(values[0]), Results.round(values[values.length - 1]));
  }

  double median(String name) {
    var values = values(name);
    return values.length == 0
        ? 0
        : (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }

  private double[] values(String name) {
    return valid().stream()
        .filter(sample -> sample.figures().containsKey(name))
        .mapToDouble(sample -> sample.figures().getOrDefault(name, 0.0))
        .sorted()
        .toArray();
  }

  private List<Sample> valid() {
    return samples.stream().filter(sample -> !sample.isVoid()).toList();
  }
}
