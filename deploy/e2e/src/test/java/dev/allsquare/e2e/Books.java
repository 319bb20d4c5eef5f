package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether the system has come to rest and everything adds up: the services' own consistency checks,
 * their outboxes, sagas and dead letters, and an {@link Audit} over all three databases.
 */
final class Books {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RunningSystem system;
  private final Audit audit;
  private final Set<String> excused = new HashSet<>();
  private long deadLetters;

  Books(RunningSystem system) {
    this.system = system;
    this.audit = new Audit(system);
    this.deadLetters = deadLetters();
  }

  /** So many messages more will have become dead letters. */
  void expectDeadLetters(int more) {
    deadLetters += more;
  }

  /** Waits until nothing is under way any more and nothing is wrong. */
  void balance() {
    balance(PATIENCE);
  }

  void balance(Duration patience) {
    Eventually.holds(
        patience, () -> "", () -> assertThat(complaints()).as("the books' complaints").isEmpty());
  }

  /** What is wrong now is the failure of the scenario that ran; the next one is not to blame. */
  void excuse() {
    excused.addAll(complaints());
  }

  /** For the report of a scenario that failed, perhaps with half of the system down. */
  String report() {
    try {
      return "\nbooks: " + complaints();
    } catch (UncheckedIOException e) {
      return "\nbooks: nobody tells (" + e.getMessage() + ")";
    }
  }

  private List<String> complaints() {
    var complaints = new ArrayList<String>();
    for (var service : Service.values()) {
      outbox(service, complaints);
      consistency(service, complaints);
    }
    unexpectedDeadLetters(complaints);
    if (complaints.isEmpty()) {
      complaints.addAll(audit.complaints());
    }
    complaints.removeAll(excused);
    return complaints;
  }

  private void outbox(Service service, List<String> complaints) {
    var outbox = actuator(service, "outbox");
    if (outbox.path("depth").asLong(-1) != 0 || !outbox.path("parked").isEmpty()) {
      complaints.add("outbox of " + service + ": " + outbox);
    }
  }

  private void consistency(Service service, List<String> complaints) {
    var consistency = actuator(service, "consistency");
    if (!consistency.path("consistent").asBoolean(false)) {
      complaints.add("consistency of " + service + ": " + consistency);
    }
  }

  private void unexpectedDeadLetters(List<String> complaints) {
    long found = deadLetters();
    if (found != deadLetters) {
      complaints.add("%d dead letters instead of %d".formatted(found, deadLetters));
    }
  }

  private long deadLetters() {
    return Arrays.stream(Service.values())
        .mapToLong(
            service ->
                new Database(system.jdbcUrl(service)).number("select count(*) from dead_letter"))
        .sum();
  }

  private JsonNode actuator(Service service, String endpoint) {
    return Http.get(system.management(service, 0).resolve(endpoint)).json();
  }
}
