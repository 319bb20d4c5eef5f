package dev.allsquare.benchmarks;

import dev.allsquare.benchmarks.kit.Cpu;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a load costs each process and the database, from now on. */
final class Costs {

  private static final List<String> PARTS =
      Stream.concat(Servers.SERVICES.stream(), Stream.of("kafka", "postgres")).toList();
  private static final List<String> COUNTERS =
      List.of(
          "WAL bytes each",
          "select pg_current_wal_lsn() - '0/0'",
          "writing transactions each",
          "select pg_snapshot_xmax(pg_current_snapshot())",
          "rows written each",
          "select sum(tup_inserted + tup_updated + tup_deleted) from pg_stat_database");

  private final Servers servers;
  private final Map<String, Double> begin;

  Costs(Servers servers) {
    this.servers = servers;
    this.begin = read();
  }

  void putInto(Map<String, Double> figures, long count) {
    var end = read();
    end.forEach(
        (name, value) -> {
          double each = (value - begin.getOrDefault(name, 0.0)) / count;
          figures.put(name, name.contains("CPU") ? 1_000 * each : each);
        });
    for (var part : PARTS) {
      figures.put(part + " RSS MB", Cpu.residentMegabytes(pid(part)));
    }
  }

  private Map<String, Double> read() {
    var reading = new LinkedHashMap<String, Double>();
    for (var part : PARTS) {
      double cpu = part.equals("postgres") ? Cpu.ofFamily(pid(part)) : Cpu.of(pid(part));
      reading.put(part + " CPU s/1000", cpu);
    }
    for (int i = 0; i < COUNTERS.size(); i += 2) {
      reading.put(COUNTERS.get(i), Double.valueOf(servers.asked(COUNTERS.get(i + 1))));
    }
    return reading;
  }

  private long pid(String part) {
    return servers.topology().pid(part).orElse(-1L);
  }
}
