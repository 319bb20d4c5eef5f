package dev.allsquare.autoconfigure;

import dev.allsquare.saga.Saga;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Applies the migrations this library ships beside the service's own, each set with a history of
 * its own, so that neither ever has to care about the other's version numbers.
 */
@AutoConfiguration(before = FlywayAutoConfiguration.class)
class MigrationAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  FlywayMigrationStrategy allsquareMigrations(ListableBeanFactory beans) {
    return flyway -> {
      migrate(flyway, "messaging");
      if (definesSagas(beans)) {
        migrate(flyway, "saga");
      }
      besideOthers(flyway).load().migrate();
    };
  }

  private static void migrate(Flyway flyway, String room) {
    besideOthers(flyway)
        .locations("classpath:db/allsquare/" + room)
        .table("allsquare_" + room + "_history")
        .load()
        .migrate();
  }

  /** The schema is not empty when a second history begins in it; version 0 stands before all. */
  private static FluentConfiguration besideOthers(Flyway flyway) {
    return Flyway.configure(flyway.getConfiguration().getClassLoader())
        .configuration(flyway.getConfiguration())
        .dataSource(new WithoutTimeout(flyway.getConfiguration().getDataSource()))
        .baselineOnMigrate(true)
        .baselineVersion("0");
  }

  /** Looks at types only: sagas need the database, and the database waits for this. */
  private static boolean definesSagas(ListableBeanFactory beans) {
    return beans.getBeanNamesForType(Saga.class, true, false).length > 0;
  }
}
