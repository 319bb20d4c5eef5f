package dev.allsquare.kubernetes;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An expression of Prometheus, as far as the names in it go. */
record PromQl(String text) {

  /** A metric, and the labels it is chosen by. */
  record Series(String metric, Set<String> labels) {}

  private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|on|without|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern OFFSET = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\S+");
  private static final Pattern SERIES =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{([^}]*)})?(\\s*\\()?");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*[=!]");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");
  private static final Set<String> AGGREGATIONS = Set.of("sum", "max", "min", "avg", "count");

  /** Everything that is looked at. */
  Set<Series> series() {
    String names =
        OFFSET
            .matcher(GROUPING.matcher(STRING.matcher(text).replaceAll("\"\"")).replaceAll(" "))
            .replaceAll(" ");
    return SERIES
        .matcher(names)
        .results()
        .filter(it -> it.group(3) == null && !isWord(it.group(1)))
        .map(it -> new Series(it.group(1), labels(it)))
        .collect(Collectors.toSet());
  }

  /** The labels that results are grouped and joined by. */
  Set<String> groupings() {
    return GROUPING
        .matcher(text)
        .results()
        .flatMap(it -> Stream.of(it.group(1).split(",", -1)))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  private static boolean isWord(String name) {
    return OPERATORS.contains(name) || AGGREGATIONS.contains(name);
  }

  private static Set<String> labels(MatchResult series) {
    return series.group(2) == null
        ? Set.of()
        : LABEL
            .matcher(series.group(2))
            .results()
            .map(it -> it.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
  }
}
