package dev.allsquare.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The library's migrations and the service's own, each set with a history of its own, so that
 * neither ever has to care about the other's version numbers.
 */
final class Migrations {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  private final DataSource dataSource;
  private final DataSource connections;
  private final List<Flyway> sets;

  Migrations(Flyway own, boolean withSagas, UnaryOperator<DataSource> connections) {
    this.dataSource = Objects.requireNonNull(own.getConfiguration().getDataSource());
    this.connections = connections.apply(dataSource);
    var rooms = withSagas ? Stream.of("messaging", "saga") : Stream.of("messaging");
    this.sets =
        Stream.concat(rooms.map(room -> library(own, room)), Stream.of(besideOthers(own).load()))
            .toList();
  }

  void apply(@Nullable String serviceRole) {
    new MigrationLock(connections).hold(() -> sets.forEach(Flyway::migrate));
    if (serviceRole != null) {
      ServiceRole.grant(dataSource, serviceRole, histories());
    }
  }

  /** Whatever is wrong may be put right by the one that migrates, so only time ends this. */
  void await(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    String missing;
    while ((missing = missing()) != null) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "the schema is not what this version needs after %s: %s".formatted(timeout, missing));
      }
      log.info("waiting for the schema: {}", missing);
      pause();
    }
  }

  private @Nullable String missing() {
    try {
      for (var set : sets) {
        var result = set.validateWithResult();
        if (!result.validationSuccessful) {
          return result.getAllErrorMessages();
        }
      }
      return ServiceRole.missing(dataSource);
    } catch (FlywayException | DataAccessException e) {
      return e.getMessage();
    }
  }

  private List<String> histories() {
    return sets.stream().map(set -> set.getConfiguration().getTable()).toList();
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the schema", e);
    }
  }

  private Flyway library(Flyway own, String room) {
    return besideOthers(own)
        .locations("classpath:db/allsquare/" + room)
        .table("allsquare_" + room + "_history")
        .load();
  }

  /** The schema is not empty when a second history begins in it; version 0 stands before all. */
  private FluentConfiguration besideOthers(Flyway flyway) {
    return Flyway.configure(flyway.getConfiguration().getClassLoader())
        .configuration(flyway.getConfiguration())
        .dataSource(connections)
        .baselineOnMigrate(true)
        .baselineVersion("0");
  }
}
