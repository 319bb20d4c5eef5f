package dev.allsquare.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.inventory.Line;
import dev.allsquare.testing.Sagas;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The service on the PostgreSQL and the Kafka that are deployed. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "management.server.port=0")
@Import({BaseImages.class, Surroundings.class})
@Tag(NeedsContainers.TAG)
class InContainersTest {

  @Autowired Warehouse warehouse;
  @Autowired Sagas sagas;

  private final Order order = Order.next();

  @Test
  void anOrderTravelsThroughTheLog() {
    var tea = warehouse.product(10);

    assertThat(sagas.send(order.reserve(new Line(tea, 3)))).containsExactly("DONE");
    assertThat(sagas.send(order.commit())).containsExactly("DONE");
    assertThat(warehouse.stock(tea)).isEqualTo("7/0");
    assertThat(sagas.events(order.id(), 2)).containsExactly("1 HELD", "2 COMMITTED");
  }

  @Test
  void isConnectedToTheContainers(
      @Autowired DataSource database,
      @Autowired PostgreSQLContainer postgres,
      @Autowired KafkaConnectionDetails connection,
      @Autowired KafkaContainer kafka)
      throws Exception {
    try (var session = database.getConnection()) {
      assertThat(session.getMetaData().getURL()).contains(":" + postgres.getMappedPort(5432) + "/");
    }
    assertThat(connection.getBootstrapServers())
        .containsExactly(kafka.getBootstrapServers().replace("PLAINTEXT://", ""));
  }
}
