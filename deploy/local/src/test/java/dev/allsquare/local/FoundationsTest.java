package dev.allsquare.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL and Kafka as real processes. */
class FoundationsTest {

  @TempDir static Path data;

  private static Plan plan;
  private static Children children;
  private static RunningTopology topology;

  @BeforeAll
  static void start() {
    plan = new Plan(Home.find(), data, 1, 1, Ports.random(1), "secret", new TreeMap<>());
    plan.save();
    children = new Children(plan);
    topology = new RunningTopology(plan);
    AtOnce.forEach(plan.foundations(), part -> children.start(part, Progress.silent()));
  }

  @AfterAll
  static void stop() {
    topology.close();
    assertThat(plan.foundations()).noneMatch(part -> children.find(part).isPresent());
  }

  @Test
  void everyServiceHasADatabaseOfItsOwnAndSeesNoOther() throws SQLException {
    for (var kind : ServiceKind.values()) {
      try (var connection = DriverManager.getConnection(topology.jdbcUrl(kind.serviceName()))) {
        assertThat(valueOf("select current_user", connection)).isEqualTo(kind.database());
        assertThat(valueOf("show fsync", connection)).isEqualTo("on");
        assertThat(valueOf("show data_checksums", connection)).isEqualTo("on");
      }
    }
    String others = topology.jdbcUrl("order-service").replace("/orders?", "/payments?");
    assertThatThrownBy(() -> DriverManager.getConnection(others).close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void whatWasCommittedIsThereAfterAKill() throws SQLException {
    try (var connection = DriverManager.getConnection(topology.jdbcUrl("order-service"))) {
      connection.createStatement().execute("create table kept as select 42 as answer");
    }
    topology.kill("postgres");
    assertThat(topology.isRunning("postgres")).isFalse();
    topology.start("postgres");
    try (var connection = DriverManager.getConnection(topology.jdbcUrl("order-service"))) {
      assertThat(valueOf("select answer from kept", connection)).isEqualTo("42");
    }
  }

  @Test
  void aBrokerComesBackAfterAKill() {
    long before = topology.pid("kafka").orElseThrow();
    topology.kill("kafka");
    assertThat(KafkaProbe.answers(plan.ports().of("kafka"))).isFalse();
    topology.start("kafka");
    assertThat(topology.pid("kafka").orElseThrow()).isNotEqualTo(before);
    assertThat(KafkaProbe.answers(plan.ports().of("kafka"))).isTrue();
  }

  @Test
  void aPausedPartIsStillThereAndDoesNothing() {
    topology.pause("kafka");
    assertThat(topology.isRunning("kafka")).isTrue();
    assertThat(KafkaProbe.answers(plan.ports().of("kafka"))).isFalse();
    topology.resume("kafka");
    assertThat(KafkaProbe.answers(plan.ports().of("kafka"))).isTrue();
  }

  @Test
  void aLaterCommandFindsWhatAnEarlierOneStarted() {
    var later = Topology.known(data).orElseThrow();
    assertThat(later.pid("postgres")).isEqualTo(topology.pid("postgres"));
    assertThat(later.jdbcUrl("payment-service")).isEqualTo(topology.jdbcUrl("payment-service"));
  }

  private static String valueOf(String query, Connection connection) throws SQLException {
    try (var result = connection.createStatement().executeQuery(query)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}
