package dev.allsquare.benchmarks;

import dev.allsquare.benchmarks.kit.Verdict;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/** Programs on a fresh database and a fresh topic each, one at a time. */
final class ProgramBenchmark implements Benchmark {

  private static final int SECONDS = 5;

  private final String name;
  private final Settings settings;
  private final Servers servers;
  private final Program program;
  private int run;

  private ProgramBenchmark(String name, Settings settings, Servers servers, Program program) {
    this.name = name;
    this.settings = settings;
    this.servers = servers;
    this.program = program;
  }

  static ProgramBenchmark open(String name, Path home, Settings settings) {
    return new ProgramBenchmark(
        name, settings, Servers.start(home).withoutServices(), new Program(home));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Variant> variants() {
    return switch (name) {
      case "limit" -> Contenders.LIMIT;
      case "outbox" -> Contenders.OUTBOX;
      default -> Contenders.PEERS;
    };
  }

  @Override
  public Verdict measure(Variant variant) {
    servers.setWalLevel(variant.settings().getOrDefault("wal-level", "replica"));
    var database = servers.newDatabase();
    var told = new HashMap<String, String>();
    told.put("jdbc", database + variant.settings().getOrDefault("jdbc-options", ""));
    told.put("kafka", servers.topology().kafkaBootstrap());
    told.put("topic", "bench-" + run++);
    told.put("seconds", Integer.toString(settings.seconds(SECONDS)));
    told.put("seed", settings.given().getOrDefault("seed", "1"));
    try {
      return program.run(variant, told);
    } finally {
      servers.dropDatabase(database);
    }
  }

  @Override
  public void close() {
    servers.close();
  }
}
