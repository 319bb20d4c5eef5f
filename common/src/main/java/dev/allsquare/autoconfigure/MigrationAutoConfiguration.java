package dev.allsquare.autoconfigure;

import dev.allsquare.saga.Saga;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Brings the schema to the version the code needs, or waits until somebody else did: with the
 * migrations this library ships, and the service's own beside them.
 */
@AutoConfiguration(before = FlywayAutoConfiguration.class)
@EnableConfigurationProperties(MigrationProperties.class)
class MigrationAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  FlywayMigrationStrategy allsquareMigrations(
      ListableBeanFactory beans, MigrationProperties properties) {
    return flyway -> {
      boolean sagas = definesSagas(beans);
      switch (properties.mode()) {
        case APPLY, ONLY ->
            new Migrations(flyway, sagas, WithoutTimeout::new).apply(properties.grantTo());
        case WAIT ->
            new Migrations(flyway, sagas, UnaryOperator.identity()).await(properties.timeout());
        case NONE -> {}
      }
    };
  }

  /** A process that only migrates makes no bean that nobody asks for; nobody asks for this one. */
  @Bean
  static LazyInitializationExcludeFilter migrationIsNeverLazy() {
    return LazyInitializationExcludeFilter.forBeanTypes(FlywayMigrationInitializer.class);
  }

  /** Looks at types only: sagas need the database, and the database waits for this. */
  private static boolean definesSagas(ListableBeanFactory beans) {
    return beans.getBeanNamesForType(Saga.class, true, false).length > 0;
  }
}
