package dev.allsquare.testing;

import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives a Spring test a database of its own and the JVM's Kafka broker. The service works under a
 * role that may do no more than it needs, as in production.
 */
public final class RealInfrastructure
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var database = TestPostgres.newDatabaseOfTwoRoles();
    TestPropertyValues.of(
            Map.of(
                "spring.datasource.url", database.servicesUrl(),
                "spring.datasource.username", database.serviceRole(),
                "spring.flyway.url", database.ownersUrl(),
                "allsquare.migration.grant-to", database.serviceRole(),
                "spring.kafka.bootstrap-servers", TestKafka.bootstrapServers()))
        .applyTo(context);
  }
}
