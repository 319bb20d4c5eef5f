package dev.allsquare.benchmarks;

import dev.allsquare.local.RunningTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The load of deploy/e2e, in a process of its own, and what it says in its last line. */
final class Orders {

  /**
   * @param ended orders that were placed and came to an end
   */
  record Load(Map<String, Double> figures, long ended) {}

  private static final Pattern LINE =
      Pattern.compile("(\\d+) orders in ([\\d.]+) s = (\\d+) sagas/s; (.*?)ms; \\{(.*)}");
  private static final Pattern QUANTILE = Pattern.compile("(p[\\d.]+|max) ([\\d.]+)");
  private static final Pattern OUTCOME = Pattern.compile("([^,=]+)=(\\d+)");

  private final String host;

  Orders(RunningTopology topology) {
    var uri = topology.service("order-service");
    var others =
        List.of(topology.service("payment-service"), topology.service("inventory-service"));
    // The load looks for the others at the next ports, where they usually are; ours are anywhere.
    this.host =
        uri.getAuthority()
            + "+"
            + String.join("+", others.stream().map(service -> service.getAuthority()).toList());
  }

  Load saturated(int inFlight, int orders) {
    return load("saturated", "in-flight=" + inFlight, "orders=" + orders);
  }

  Load steady(int rate, int seconds) {
    return load("steady", "rate=" + rate, "seconds=" + seconds);
  }

  private Load load(String kind, String... settings) {
    var output = run(kind, settings);
    var line = LINE.matcher(output);
    if (!line.find()) {
      throw new IllegalStateException("the load said: " + output);
    }
    var figures = new LinkedHashMap<String, Double>();
    figures.put("sagas/s", Double.valueOf(line.group(3)));
    QUANTILE
        .matcher(line.group(4))
        .results()
        .forEach(found -> figures.put(found.group(1) + " ms", Double.valueOf(found.group(2))));
    return new Load(figures, ended(Long.parseLong(line.group(1)), line.group(5), figures));
  }

  /** What was not told its end in time is a figure; whether it has one is for the books. */
  private static long ended(long placed, String outcomes, Map<String, Double> figures) {
    long ended =
        OUTCOME
            .matcher(outcomes)
            .results()
            .filter(found -> found.group(1).strip().equals("CONFIRMED"))
            .mapToLong(found -> Long.parseLong(found.group(2)))
            .sum();
    figures.put("not confirmed in time", (double) (placed - ended));
    return placed;
  }

  private String run(String kind, String... settings) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.allsquare.e2e.Load",
                kind,
                "warm-up=0",
                "hosts=" + host));
    command.addAll(List.of(settings));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var killer = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(killer);
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Runtime.getRuntime().removeShutdownHook(killer);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
