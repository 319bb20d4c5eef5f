package dev.allsquare.benchmarks.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a contender's program tells the runner, on its standard output. */
public record Verdict(Map<String, Double> figures, List<String> complaints) {

  private static final String FIGURE = "FIGURE ";
  private static final String COMPLAINT = "COMPLAINT ";
  private static final String END = "END";

  void print() {
    figures.forEach((name, value) -> System.out.println(FIGURE + name + "=" + value));
    complaints.forEach(complaint -> System.out.println(COMPLAINT + complaint));
    System.out.println(END);
  }

  /** Reads what was printed; a program that did not come to its end is a complaint. */
  public static Verdict of(List<String> lines) {
    var figures = new LinkedHashMap<String, Double>();
    var complaints = new ArrayList<String>();
    for (var line : lines) {
      if (line.startsWith(FIGURE)) {
        var parts = line.substring(FIGURE.length()).split("=", 2);
        figures.put(parts[0], Double.valueOf(parts[1]));
      } else if (line.startsWith(COMPLAINT)) {
        complaints.add(line.substring(COMPLAINT.length()));
      }
    }
    if (!lines.contains(END)) {
      complaints.add("the program did not come to its end");
    }
    return new Verdict(figures, complaints);
  }
}
