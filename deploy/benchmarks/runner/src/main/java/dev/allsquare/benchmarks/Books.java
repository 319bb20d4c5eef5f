package dev.allsquare.benchmarks;

import dev.allsquare.benchmarks.kit.Sql;
import dev.allsquare.local.RunningTopology;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Whether everything has come to an end, and adds up, in each service and across them. */
final class Books {

  private static final int PATIENCE_MILLIS = 180_000;
  private static final String LIVE =
      "select count(*) from saga where state in ('RUNNING', 'COMPENSATING', 'PARKED')";

  private final RunningTopology topology;
  private final HttpClient http = HttpClient.newHttpClient();

  Books(RunningTopology topology) {
    this.topology = topology;
  }

  /** Waits for the sagas to end first: an overloaded system is late, not wrong. */
  List<String> complaints() {
    try {
      long end = System.currentTimeMillis() + PATIENCE_MILLIS;
      while (orders(LIVE) > 0 && System.currentTimeMillis() < end) {
        Thread.sleep(100);
      }
      return settled();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (SQLException | IOException e) {
      return List.of("the books could not be read: " + e);
    }
  }

  private List<String> settled() throws SQLException, IOException, InterruptedException {
    var complaints = new ArrayList<String>();
    equal(complaints, "sagas without an end", orders(LIVE), 0);
    long confirmed = orders("select count(*) from orders where status = 'CONFIRMED'");
    equal(
        complaints,
        "captured payments",
        number("payment-service", "select count(*) from payment where state = 'CAPTURED'"),
        confirmed);
    equal(
        complaints,
        "committed reservations",
        number("inventory-service", "select count(*) from reservation where state = 'COMMITTED'"),
        confirmed);
    equal(
        complaints,
        "the ledger's sum",
        number("payment-service", "select coalesce(sum(minor), 0) from ledger_entry"),
        0);
    for (var service : Servers.SERVICES) {
      consistency(complaints, service);
    }
    return complaints;
  }

  private void consistency(List<String> complaints, String service)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(topology.management(service).resolve("/actuator/consistency"))
            .build();
    var answer = http.send(request, BodyHandlers.ofString()).body();
    if (!answer.contains("\"consistent\":true")) {
      complaints.add(service + " is not consistent: " + answer);
    }
  }

  private static void equal(List<String> complaints, String what, long found, long expected) {
    if (found != expected) {
      complaints.add(what + ": " + found + " instead of " + expected);
    }
  }

  private long orders(String query) throws SQLException {
    return number("order-service", query);
  }

  private long number(String service, String query) throws SQLException {
    try (var connection = DriverManager.getConnection(topology.jdbcUrl(service))) {
      return Sql.number(connection, query);
    }
  }
}
