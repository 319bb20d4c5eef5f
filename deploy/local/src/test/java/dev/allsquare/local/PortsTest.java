package dev.allsquare.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who listens where, and what is said when somebody else does already. */
class PortsTest {

  @Test
  void theUsualPortsAreTheOnesOfTheDesignTenApartPerReplica() {
    var ports = Ports.fixed(2, 0);
    assertThat(ports.byName())
        .containsEntry("order-service", 8080)
        .containsEntry("payment-service", 8081)
        .containsEntry("inventory-service", 8082)
        .containsEntry("order-service.management", 9080)
        .containsEntry("inventory-service-2", 8092)
        .containsEntry("inventory-service-2.management", 9092);
  }

  @Test
  void noTwoPartsShareAPortWithAnyNumberOfReplicas() {
    assertThat(Ports.fixed(9, 0).byName().values()).doesNotHaveDuplicates();
    assertThat(Ports.random(9).byName().values()).doesNotHaveDuplicates();
  }

  @Test
  void severalBrokersAreTenApartAndShareNoPort() {
    var ports = Ports.fixed(2, 3, 0).byName();
    assertThat(ports).containsEntry("kafka", 19_092).containsEntry("kafka-3", 19_112);
    assertThat(ports).containsEntry("kafka-controller-2", 19_103);
    assertThat(ports.values()).doesNotHaveDuplicates();
  }

  @Test
  void anOffsetMovesThemAll() {
    assertThat(Ports.fixed(1, 1000).byName())
        .allSatisfy((name, port) -> assertThat(port).isEqualTo(Ports.fixed(1, 0).of(name) + 1000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::"})
  void aTakenPortIsToldWithItsOwnerAndWhatToDo(String address) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
      var ports = new Ports(new TreeMap<>(Map.of("order-service", socket.getLocalPort())));
      assertThatThrownBy(() -> PortCheck.of(ports))
          .isInstanceOf(TopologyException.class)
          .hasMessageContaining(
              "Port " + socket.getLocalPort() + ", which order-service needs, is taken")
          .hasMessageContaining("--offset");
      if (System.getProperty("os.name").equals("Linux")) {
        assertThat(PortOwner.of(socket.getLocalPort()))
            .hasValueSatisfying(
                owner -> assertThat(owner).startsWith("pid " + ProcessHandle.current().pid()));
      }
    }
  }

  @Test
  void aPortIsFreeAgainOnceItsOwnerHasGone() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatCode(() -> PortCheck.of(new Ports(new TreeMap<>(Map.of("kafka", port)))))
        .doesNotThrowAnyException();
  }
}
