package dev.allsquare.local;

import java.util.ArrayList;
import java.util.List;

/** What stands on the screen once everything is ready. */
final class Welcome {

  private Welcome() {}

  static void print(RunningTopology running, double seconds, boolean detach) {
    System.out.printf("%nAllsquare is up after %.1f s.%n%n", seconds);
    System.out.println(table(running));
    System.out.printf("%n%s%n", order(running.service("order-service").getPort()));
    System.out.println(
        "Logs are in %s, the databases' password is in %s."
            .formatted(running.logs(), Plan.file(running.plan().data())));
    System.out.println(
        detach
            ? "deploy/local/status shows it, deploy/local/down stops it."
            : "Ctrl-C stops it all. In another terminal: deploy/local/status, kill NAME, start NAME.");
  }

  private static String order(int port) {
    return """
    Place an order:

      curl -i http://localhost:%d/orders \\
        -H 'Content-Type: application/json' -H "Idempotency-Key: $(date +%%s%%N)" -H 'Prefer: wait=10' \\
        -d '{"customerId":"alice","lines":[{"sku":"TEA-001","quantity":2}],"payment":{"method":"wallet"}}'
    """
        .formatted(port);
  }

  private static Table table(RunningTopology running) {
    var plan = running.plan();
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("NAME", "ADDRESS", "MANAGEMENT"));
    for (var service : plan.services()) {
      rows.add(
          List.of(
              service.name(),
              "http://localhost:" + service.port(),
              "http://localhost:" + service.managementPort() + "/actuator"));
    }
    for (var kind : ServiceKind.values()) {
      rows.add(List.of("postgres", plan.jdbcUrl(kind.database()), "user " + kind.database()));
    }
    rows.add(List.of("kafka", plan.kafkaBootstrap(), ""));
    return new Table(rows);
  }
}
