package dev.allsquare.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What was asked for on the command line. */
record Settings(List<String> benchmarks, Map<String, String> given) {

  private static final List<String> ALL =
      List.of("limit", "saga", "outbox", "latency", "growth", "peers");
  private static final String USAGE =
      """
      usage: deploy/benchmarks/run all | limit | saga | outbox | latency | growth | peers [name=value …]
        runs=5       how often each is measured, interleaved
        seconds=N    how long one measurement lasts (limit 10, saga 15, latency 15, outbox and peers 5)
        seed=1       of every random choice
        only=REGEX   the variants with this in their name
        sagas=N      how many finished sagas growth goes up to (1000000)
      """;

  static Settings of(String[] args) {
    var given = new LinkedHashMap<String, String>();
    String what = "all";
    for (var argument : args) {
      var parts = argument.split("=", 2);
      if (parts.length == 2) {
        given.put(parts[0], parts[1]);
      } else {
        what = argument;
      }
    }
    if (!what.equals("all") && !ALL.contains(what)) {
      System.err.print(USAGE);
      System.exit(2);
    }
    return new Settings(what.equals("all") ? ALL : List.of(what), given);
  }

  int runs() {
    return number("runs", 5);
  }

  int seconds(int otherwise) {
    return number("seconds", otherwise);
  }

  int number(String name, int otherwise) {
    var value = given.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  boolean wants(String variant) {
    return Pattern.compile(given.getOrDefault("only", "")).matcher(variant).find();
  }
}
