package dev.allsquare.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole topology, with stand-ins for the services. */
class TopologyTest {

  @TempDir static Path home;
  @TempDir static Path data;

  private static final List<String> PROGRESS = Collections.synchronizedList(new ArrayList<>());
  private static RunningTopology topology;

  @BeforeAll
  static void start() throws IOException {
    StandInService.buildInto(home);
    topology =
        Topology.in(data)
            .home(home)
            .replicas(2)
            .randomPorts()
            .setting("payment-service", "allsquare.some.limit", "7 seconds")
            .start(PROGRESS::add);
  }

  @AfterAll
  static void stop() {
    topology.close();
    assertThat(topology.isAnythingRunning()).isFalse();
  }

  @Test
  void everyPartIsAProcessOfItsOwn() {
    assertThat(topology.names())
        .containsExactly(
            "postgres",
            "kafka",
            "order-service",
            "order-service-2",
            "payment-service",
            "payment-service-2",
            "inventory-service",
            "inventory-service-2");
    assertThat(topology.names().stream().map(name -> topology.pid(name).orElseThrow()))
        .doesNotHaveDuplicates();
    assertThat(PROGRESS).contains("postgres is ready", "order-service-2 is ready");
  }

  @Test
  void aSettingReachesAllReplicasOfItsServiceAndNoOther() throws IOException {
    assertThat(get(topology.service("payment-service", 1)))
        .contains("--allsquare.some.limit=7 seconds");
    assertThat(get(topology.service("payment-service", 2)))
        .contains("--allsquare.some.limit=7 seconds");
    assertThat(get(topology.service("order-service"))).doesNotContain("allsquare.some.limit");
  }

  @Test
  void aCrashIsToldByNameWithTheEndOfItsLogAndTheRestGoesOn() throws IOException {
    var watcher = new Watcher(topology.plan());
    assertThat(watcher.look()).isEmpty();
    assertThatThrownBy(() -> get(topology.service("order-service", 2).resolve("/crash")))
        .isInstanceOf(IOException.class);
    await().until(() -> !topology.isRunning("order-service-2"));

    assertThat(watcher.look())
        .singleElement()
        .asString()
        .contains("order-service-2 has crashed")
        .contains("stand-in crashes");
    assertThat(watcher.sawCrash()).isTrue();
    assertThat(get(topology.service("order-service", 1))).isNotEmpty();

    topology.start("order-service-2");
    assertThat(watcher.look()).containsExactly("order-service-2 was started again.");
  }

  @Test
  void aPartThatWasKilledOnPurposeDidNotCrash() {
    var watcher = new Watcher(topology.plan());
    watcher.look();
    topology.kill("inventory-service");
    assertThat(watcher.look()).singleElement().asString().contains("was stopped");
    assertThat(watcher.sawCrash()).isFalse();
    topology.start("inventory-service");
  }

  @Test
  void aSecondStartSaysThatItRunsAlreadyAndTouchesNothing() {
    var second = Topology.in(data).home(home).randomPorts();
    long pid = topology.pid("postgres").orElseThrow();
    assertThatThrownBy(() -> second.start(Progress.silent()))
        .isInstanceOf(TopologyException.class)
        .hasMessageContaining("runs already")
        .hasMessageContaining("postgres (pid " + pid + ")")
        .hasMessageContaining("deploy/local/down");
    assertThat(topology.pid("postgres")).hasValue(pid);
  }

  @Test
  void statusTellsWhatIsUpPausedAndDown() {
    topology.pause("payment-service-2");
    topology.kill("payment-service");
    assertThat(Status.of(topology))
        .extracting(status -> status.name() + " " + status.health())
        .contains("postgres UP", "kafka UP", "payment-service DOWN", "payment-service-2 PAUSED");
    topology.resume("payment-service-2");
    topology.start("payment-service");
    assertThat(Status.of(topology))
        .allMatch(status -> status.health() == Status.Health.UP)
        .allMatch(status -> status.pid().isPresent());
  }

  @Test
  void aNameThatDoesNotExistIsAnsweredWithTheNamesThatDo() {
    assertThatThrownBy(() -> topology.kill("orders"))
        .isInstanceOf(TopologyException.class)
        .hasMessageContaining("orders")
        .hasMessageContaining("order-service-2");
    assertThatThrownBy(() -> topology.service("order-service", 3))
        .isInstanceOf(TopologyException.class);
  }

  private static String get(URI uri) throws IOException {
    try (var in = uri.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
