package dev.allsquare.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus, with nothing to observe yet. */
@SuppressWarnings("NullAway.Init") // made anew before each test
class PrometheusServerTest {

  @TempDir Path data;
  private Plan plan;
  private PrometheusServer prometheus;
  private @Nullable Children children;

  @BeforeEach
  void start() {
    assumeThat(PrometheusServer.program()).as("prometheus is installed").isPresent();
    var ports = Ports.random(3);
    ports = ports.and(PrometheusServer.NAME, ports.of("order-service-3"));
    plan = new Plan(Home.find(), data, 2, 1, ports, "secret", new TreeMap<>());
    plan.save();
    prometheus = plan.observers().getFirst();
    var started = new Children(plan);
    children = started;
    started.start(prometheus, Progress.silent());
  }

  @AfterEach
  void stop() {
    var started = children;
    if (started != null) {
      started.stop(prometheus);
      assertThat(started.find(prometheus)).isEmpty();
    }
  }

  @Test
  void itScrapesEveryReplicaByTheNameOfItsServiceAndKnowsTheRules() throws IOException {
    await()
        .untilAsserted(
            () -> {
              var targets = get("/api/v1/targets");
              for (var service : plan.services()) {
                assertThat(targets)
                    .contains(
                        "\"instance\":\"127.0.0.1:%d\",\"job\":\"%s\""
                            .formatted(service.managementPort(), service.kind().serviceName()));
              }
            });
    assertThat(get("/api/v1/rules")).contains("SagaParked", "ServiceDown");
  }

  @Test
  void aLaterCommandKnowsIt() {
    assertThat(Topology.known(data).orElseThrow().names()).endsWith("prometheus");
  }

  private String get(String path) throws IOException {
    try (var in = prometheus.uri().resolve(path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
