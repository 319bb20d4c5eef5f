package dev.allsquare.kubernetes;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who makes the schema, when, and as whom. */
final class MigrationPolicies {

  private MigrationPolicies() {}

  /** One role migrates, another one serves, and nobody serves before the first is done. */
  static Stream<String> rolesAreParted(Rendered all) {
    return all.services()
        .flatMap(
            service -> {
              var job = migrationOf(all, service);
              return job.isEmpty()
                  ? Stream.of(service.name() + " has no migration")
                  : parted(all, service, job.getFirst());
            });
  }

  private static Stream<String> parted(Rendered all, Workload service, Workload job) {
    String database = Project.DATABASES.getOrDefault(service.service(), "");
    var serving = Workload.environment(all, service.main());
    var waiting = Workload.environment(all, service.waiting());
    var migrating = Workload.environment(all, job.main());
    boolean good =
        "none".equals(serving.get("ALLSQUARE_MIGRATION_MODE"))
            && "wait".equals(waiting.get("ALLSQUARE_MIGRATION_MODE"))
            && "only".equals(migrating.get("ALLSQUARE_MIGRATION_MODE"))
            && database.equals(serving.get("SPRING_DATASOURCE_USERNAME"))
            && database.equals(waiting.get("SPRING_DATASOURCE_USERNAME"))
            && database.equals(migrating.get("ALLSQUARE_MIGRATION_GRANTTO"))
            && (database + "_owner").equals(migrating.get("SPRING_DATASOURCE_USERNAME"))
            && Stream.of(serving, waiting, migrating)
                    .map(it -> it.getOrDefault("SPRING_DATASOURCE_URL", ""))
                    .distinct()
                    .count()
                == 1;
    return good ? Stream.empty() : Stream.of(service.name() + " mixes its roles");
  }

  private static List<Workload> migrationOf(Rendered all, Workload service) {
    return all.workloads().stream()
        .filter(it -> it.kind().equals("Job") && it.service().equals(service.service()))
        .toList();
  }

  /** A Job never changes: without the version in its name, the next version would be refused. */
  static Stream<String> everyVersionHasItsMigration(Rendered all) {
    String version = Project.version().toLowerCase(Locale.ROOT).replace('.', '-');
    String suffix = "-migration-" + version;
    return all.workloads().stream()
        .filter(it -> it.kind().equals("Job") && !it.name().endsWith(suffix))
        .map(it -> it.name() + " is not named after " + Project.version());
  }

  /** What a service is told may change within a version; a Job that hears of it is refused. */
  static Stream<String> migrationsChangeWithTheVersionOnly(Rendered all) {
    Set<String> changing =
        all.services()
            .flatMap(it -> WiringPolicies.configMaps(it.pod()))
            .collect(Collectors.toSet());
    return all.workloads().stream()
        .filter(it -> it.kind().equals("Job"))
        .filter(it -> WiringPolicies.configMaps(it.pod()).anyMatch(changing::contains))
        .map(it -> it.name() + " changes with the configuration of its service");
  }
}
