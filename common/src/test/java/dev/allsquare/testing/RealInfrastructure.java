package dev.allsquare.testing;

import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Gives a Spring test a database of its own and the JVM's Kafka broker. */
public final class RealInfrastructure
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of(
            Map.of(
                "spring.datasource.url", TestPostgres.newDatabase(),
                "spring.kafka.bootstrap-servers", TestKafka.bootstrapServers()))
        .applyTo(context);
  }
}
