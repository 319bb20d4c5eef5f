package dev.allsquare.local;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How one part is, as {@code deploy/local/status} shows it.
 *
 * @param name what the commands call it
 * @param pid empty when it does not run
 * @param port where it listens
 * @param management where a service serves its Actuator endpoints
 * @param health UP, STARTING or NOT READY, PAUSED, DOWN
 * @param uptime since its start
 * @param megabytes of memory it holds, with its children
 */
record Status(
    String name,
    Optional<Long> pid,
    int port,
    Optional<Integer> management,
    Health health,
    Optional<Duration> uptime,
    Optional<Long> megabytes) {

  private static final int NOT_ALL_UP = 3;

  enum Health {
    UP,
    NOT_READY,
    PAUSED,
    DOWN
  }

  static int print(Optional<RunningTopology> known, boolean json) {
    List<Status> all = known.map(Status::of).orElse(List.of());
    if (json) {
      System.out.println(
          all.stream().map(Status::json).collect(Collectors.joining(",\n  ", "[\n  ", "\n]")));
    } else if (all.isEmpty()) {
      System.out.println("Nothing was started here yet. deploy/local/up starts it all.");
    } else {
      System.out.println(table(all));
    }
    boolean up = !all.isEmpty() && all.stream().allMatch(status -> status.health == Health.UP);
    return up ? 0 : NOT_ALL_UP;
  }

  static List<Status> of(RunningTopology topology) {
    return topology.plan().parts().stream()
        .map(part -> of(part, topology.children().find(part)))
        .toList();
  }

  private static Status of(Part part, Optional<ProcessHandle> process) {
    return new Status(
        part.name(),
        process.map(ProcessHandle::pid),
        part.port(),
        part instanceof ServiceReplica service
            ? Optional.of(service.managementPort())
            : Optional.empty(),
        process.map(handle -> health(part, handle)).orElse(Health.DOWN),
        process
            .flatMap(handle -> handle.info().startInstant())
            .map(start -> Duration.between(start, Instant.now())),
        process.flatMap(Memory::megabytes));
  }

  private static Health health(Part part, ProcessHandle process) {
    if (Birth.isPaused(process.pid())) {
      return Health.PAUSED;
    }
    return part.isReady() ? Health.UP : Health.NOT_READY;
  }

  private static Table table(List<Status> all) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("NAME", "PID", "PORT", "MANAGEMENT", "HEALTH", "UPTIME", "MEMORY"));
    for (var status : all) {
      rows.add(
          List.of(
              status.name,
              text(status.pid),
              Integer.toString(status.port),
              text(status.management),
              status.health.name().replace('_', ' '),
              status.uptime.map(Status::readable).orElse("-"),
              status.megabytes.map(megabytes -> megabytes + " MB").orElse("-")));
    }
    return new Table(rows);
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("-");
  }

  private static String readable(Duration uptime) {
    return uptime.truncatedTo(ChronoUnit.SECONDS).toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private String json() {
    return """
        {"name":"%s","pid":%s,"port":%d,"managementPort":%s,"health":"%s","uptimeSeconds":%s,"memoryMegabytes":%s}"""
        .formatted(
            name,
            orNull(pid),
            port,
            orNull(management),
            health,
            orNull(uptime.map(Duration::toSeconds)),
            orNull(megabytes));
  }

  private static String orNull(Optional<?> value) {
    return value.map(Object::toString).orElse("null");
  }
}
