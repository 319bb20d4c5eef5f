package dev.allsquare.benchmarks;

import dev.allsquare.benchmarks.kit.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code run all|limit|saga|outbox|latency|growth|peers [name=value …]}. */
public final class Main {

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private Main() {}

  /** Exits with 1 when a run was void. */
  public static void main(String[] args) throws IOException {
    var home = Path.of(System.getProperty("allsquare.home")).toAbsolutePath().normalize();
    var settings = Settings.of(args);
    var target = home.resolve("deploy/benchmarks/target");
    var results =
        new Results(
            target
                .resolve("results")
                .resolve(STAMP.format(LocalDateTime.now(ZoneId.systemDefault()))),
            settings);
    for (var name : settings.benchmarks()) {
      try (var benchmark = open(name, home, settings)) {
        run(benchmark, settings, results);
      }
    }
    System.out.println("Results: " + results.directory());
    System.exit(results.isAnyVoid() ? 1 : 0);
  }

  private static Benchmark open(String name, Path home, Settings settings) {
    return switch (name) {
      case "saga", "latency", "growth" -> SystemBenchmark.open(name, home, settings);
      default -> ProgramBenchmark.open(name, home, settings);
    };
  }

  private static void run(Benchmark benchmark, Settings settings, Results results)
      throws IOException {
    var todo = plan(benchmark, settings);
    for (int i = 0; i < todo.size(); i++) {
      var variant = todo.get(i);
      long begin = System.nanoTime();
      System.out.printf("%s %d/%d  %s … ", benchmark.name(), i + 1, todo.size(), variant.name());
      System.out.flush();
      var verdict = measure(benchmark, variant);
      results.add(new Sample(benchmark.name(), variant, verdict.figures(), verdict.complaints()));
      System.out.printf("%.0f s  %s%n", (System.nanoTime() - begin) / 1e9, told(verdict));
    }
  }

  /** First run of each, second run of each, …: what drifts on the machine meets all alike. */
  private static List<Variant> plan(Benchmark benchmark, Settings settings) {
    var wanted = benchmark.variants().stream().filter(v -> settings.wants(v.name())).toList();
    var rounds = IntStream.range(0, settings.runs()).boxed();
    // Tables that have grown do not shrink again.
    return benchmark.name().equals("growth")
        ? wanted.stream().flatMap(v -> Collections.nCopies(settings.runs(), v).stream()).toList()
        : rounds.flatMap(_ -> wanted.stream()).toList();
  }

  private static Verdict measure(Benchmark benchmark, Variant variant) {
    try {
      return benchmark.measure(variant);
    } catch (RuntimeException e) {
      return new Verdict(Map.of(), List.of(e.toString()));
    }
  }

  private static String told(Verdict verdict) {
    if (!verdict.complaints().isEmpty()) {
      return "VOID: " + String.join("; ", verdict.complaints());
    }
    var words = new ArrayList<String>();
    verdict.figures().forEach((name, value) -> words.add(name + " " + Results.round(value)));
    return String.join(", ", words);
  }
}
