package dev.allsquare.local.sagactl;

import dev.allsquare.local.Topology;
import dev.allsquare.local.TopologyException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** {@code deploy/local/sagactl}. */
public final class Sagactl {

  private static final String DEFAULT_SERVICE = "order-service";
  private static final Map<String, Integer> USUAL_PORTS =
      Map.of(DEFAULT_SERVICE, 9080, "payment-service", 9081, "inventory-service", 9082);

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Sagactl(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /** Does what the arguments say; the exit code tells how it went. */
  public static void main(String[] arguments) {
    System.exit(new Sagactl(System.out, System.err, System.getenv()).run(List.of(arguments)));
  }

  int run(List<String> arguments) {
    try {
      if (arguments.isEmpty() || arguments.contains("--help") || arguments.contains("-h")) {
        out.print(Usage.TEXT);
        return arguments.isEmpty() ? Failure.MISUNDERSTOOD : 0;
      }
      run(Request.parse(arguments));
      return 0;
    } catch (Failure e) {
      err.println(e.getMessage());
      return e.code();
    } catch (TopologyException e) {
      err.println(e.getMessage());
      return Failure.REFUSED;
    }
  }

  private void run(Request request) {
    var service = request.option("service").orElse(DEFAULT_SERVICE);
    try (var port = new ManagementPort(service, root(request, service))) {
      var sagas = new Sagas(port, out);
      var letters = new Letters(port, out);
      switch (request.command()) {
        case LIST -> sagas.list(request);
        case SHOW -> sagas.show(request);
        case EXPLAIN -> sagas.explain(request);
        case RETRY, RESUME, SKIP, COMPENSATE -> sagas.repair(request, by(request));
        case JOB -> new Jobs(port, out).follow("deadletters/repairs", request.word());
        case LETTERS -> letters.list(request);
        case LETTER -> letters.show(request);
        case REDRIVE, DISCARD -> letters.deal(request, by(request));
        case KEYS -> letters.keys(request);
        case RELEASE -> letters.release(request, by(request));
        case EXPORT -> sagas.export(request);
        case DIALOGUE -> out.print(TestSource.of(request));
      }
    }
  }

  private Signature by(Request request) {
    var actor =
        request
            .option("actor")
            .orElseGet(
                () -> environment.getOrDefault("USER", environment.getOrDefault("LOGNAME", "")));
    if (actor.isBlank()) {
      throw new Failure(Failure.MISUNDERSTOOD, "Say who you are: --actor NAME.");
    }
    return new Signature(actor, request.required("reason"));
  }

  private static URI root(Request request, String service) {
    var told = request.option("url");
    if (told.isPresent()) {
      return URI.create(told.get().replaceFirst("/+$", ""));
    }
    Integer port = USUAL_PORTS.get(service);
    if (port == null) {
      throw new Failure(
          Failure.MISUNDERSTOOD,
          "There is no " + service + "; --url says where another service is.");
    }
    return Topology.startedHere()
        .map(running -> running.management(service))
        .orElse(URI.create("http://localhost:" + port));
  }
}
