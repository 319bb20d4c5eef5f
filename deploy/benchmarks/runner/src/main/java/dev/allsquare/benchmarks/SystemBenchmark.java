package dev.allsquare.benchmarks;

import dev.allsquare.benchmarks.kit.Verdict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Drives the three services over HTTP: saturated, on time, and with a past in their tables. */
final class SystemBenchmark implements Benchmark {

  private static final int SECONDS = 15;
  private static final int GUESSED_RATE = 300;
  private static final int ORDERS_AT_MOST = 15_000;
  private static final int WARM_UP = 4_000;
  private static final List<Integer> RATES = List.of(10, 50, 200, 1_000, 3_000);
  private static final List<Integer> IN_FLIGHT = List.of(200, 500, 1_000);
  private static final int SIZES = 5;

  private final String name;
  private final Settings settings;
  private final Servers servers;
  private final Orders orders;
  private final Past past;
  private final Books books;

  private SystemBenchmark(String name, Settings settings, Servers servers) {
    this.name = name;
    this.settings = settings;
    this.servers = servers;
    this.orders = new Orders(servers.topology());
    this.past = new Past(servers.topology());
    this.books = new Books(servers.topology());
  }

  static SystemBenchmark open(String name, Path home, Settings settings) {
    var benchmark = new SystemBenchmark(name, settings, Servers.start(home));
    try {
      System.out.println("warming up");
      var _ = benchmark.orders.saturated(200, settings.number("warm-up", WARM_UP));
      return benchmark;
    } catch (RuntimeException e) {
      benchmark.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Variant> variants() {
    return switch (name) {
      case "saga" ->
          IN_FLIGHT.stream()
              .map(number -> variant("in-flight", number, number + " in flight", "closed loop"))
              .toList();
      case "latency" ->
          RATES.stream()
              .map(rate -> variant("rate", rate, rate + "/s", "open loop, from when it was due"))
              .toList();
      default -> sizes();
    };
  }

  private List<Variant> sizes() {
    int most = settings.number("sagas", 1_000_000);
    return IntStream.rangeClosed(0, SIZES)
        .map(i -> most / SIZES * i)
        .mapToObj(size -> variant("size", size, size + " finished sagas", "200 in flight"))
        .toList();
  }

  private static Variant variant(String setting, int value, String name, String note) {
    var number = Integer.toString(value);
    return new Variant(name, "", "", Map.of(setting, number, "at", number), note);
  }

  @Override
  public Verdict measure(Variant variant) {
    past.growTo(number(variant, "size"));
    var costs = new Costs(servers);
    var load = load(variant);
    var figures = new LinkedHashMap<>(load.figures());
    costs.putInto(figures, load.ended());
    return new Verdict(figures, books.complaints());
  }

  private Orders.Load load(Variant variant) {
    int seconds = settings.seconds(SECONDS);
    if (name.equals("latency")) {
      int rate = number(variant, "rate");
      return orders.steady(rate, Math.clamp(ORDERS_AT_MOST / rate, 1, seconds));
    }
    int inFlight = name.equals("saga") ? number(variant, "in-flight") : 200;
    return orders.saturated(inFlight, seconds * GUESSED_RATE);
  }

  private static int number(Variant variant, String name) {
    return Integer.parseInt(variant.settings().getOrDefault(name, "0"));
  }

  @Override
  public void close() {
    servers.close();
  }
}
