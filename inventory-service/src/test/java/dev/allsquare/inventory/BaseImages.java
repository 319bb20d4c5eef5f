package dev.allsquare.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The pinned PostgreSQL and Kafka, as containers that Spring starts and connects the service to.
 */
@TestConfiguration(proxyBeanMethods = false)
class BaseImages {

  private static final Path PINNED = Path.of("..", "deploy", "images", "base-images");

  @Bean
  @ServiceConnection
  PostgreSQLContainer postgres() {
    return new PostgreSQLContainer(image("POSTGRES_IMAGE"));
  }

  @Bean
  @ServiceConnection
  KafkaContainer kafka() {
    return new KafkaContainer(image("KAFKA_IMAGE"))
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
  }

  static String image(String name) {
    var pinned = new Properties();
    try (var in = Files.newBufferedReader(PINNED)) {
      pinned.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + PINNED, e);
    }
    return pinned.getProperty(name);
  }
}
