package dev.allsquare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

/** The system runs as the manifests have it, and takes orders. */
@EnabledIf(value = "imagesAreHere", disabledReason = "no engine, or no images of this build")
class UnderConstraintsTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  /** Prometheus says the first itself; the second appears with the first dead letter. */
  private static final Set<String> NOT_IN_A_HEALTHY_SCRAPE = Set.of("up", "deadletters_total");

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  static boolean imagesAreHere() {
    return DockerClientFactory.instance().isDockerAvailable()
        && Rendered.local().workloads().stream().allMatch(it -> BuiltImage.isCurrent(it.main()));
  }

  @Test
  void anOrderIsConfirmedRefusedAndCancelled() throws Exception {
    String sku = product(3);
    String customer = wallet("30.00");
    var confirmed = order(customer, sku, 2);
    assertThat(confirmed.path("status").asText()).isEqualTo("CONFIRMED");
    assertThat(order(customer, sku, 2).path("reason").asText())
        .isIn("OUT_OF_STOCK", "INSUFFICIENT_FUNDS");
    cancel(confirmed.path("id").asText());
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        get("order-service", "http", "/orders/" + confirmed.path("id").asText())
                            .path("status")
                            .asText())
                    .isEqualTo("CANCELLED"));
    for (String service : Project.SERVICES) {
      assertThat(
              get(service, "management", "/actuator/consistency").path("consistent").asBoolean())
          .as(service)
          .isTrue();
    }
  }

  @Test
  void everyMetricOfAnAlertIsScraped() throws Exception {
    order(wallet("20.00"), product(2), 1);
    Set<String> wanted = new TreeSet<>(AlertPolicies.metrics(Rendered.production()));
    assertThat(wanted).hasSizeGreaterThan(10);
    wanted.removeAll(NOT_IN_A_HEALTHY_SCRAPE);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(scraped()).as("all that is scraped").containsAll(wanted));
  }

  private static Set<String> scraped() throws Exception {
    Set<String> names = new TreeSet<>();
    for (String service : Project.SERVICES) {
      var request = HttpRequest.newBuilder(cluster.at(service, "management").resolve("/actuator/prometheus"));
      names.addAll(
          send(request)
              .body()
              .lines()
              .filter(it -> !it.startsWith("#"))
              .map(it -> it.split("[{ ]", 2)[0])
              .collect(Collectors.toSet()));
    }
    return names;
  }

  @Test
  void theManifestsLetAServiceWriteNothingButScratch() throws Exception {
    var container = cluster.container("order-service");
    assertThat(container.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
    assertThat(container.execInContainer("touch", "/app/x").getExitCode()).isNotZero();
    assertThat(container.execInContainer("touch", "/tmp/x").getExitCode()).isZero();
    assertThat(container.execInContainer("cat", "/proc/1/status").getStdout())
        .containsPattern("CapEff:\\s+0+\n")
        .containsPattern("NoNewPrivs:\\s+1");
  }

  private static String product(int pieces) throws Exception {
    String sku = "SKU-" + UUID.randomUUID();
    call("inventory-service", "PUT", "/products/" + sku, "{'name':'Tea','price':{'amount':'10.00','currency':'EUR'}}");
    call("inventory-service", "POST", "/products/" + sku + "/adjustments", "{'quantity':" + pieces + ",'reason':'test'}");
    return sku;
  }

  private static String wallet(String amount) throws Exception {
    String customer = "c-" + UUID.randomUUID();
    call("payment-service", "POST", "/wallets/" + customer + "/deposits", "{'amount':'" + amount + "','currency':'EUR'}");
    return customer;
  }

  private static JsonNode order(String customer, String sku, int quantity) throws Exception {
    return call(
        "order-service",
        "POST",
        "/orders",
        "{'customerId':'%s','lines':[{'sku':'%s','quantity':%d}],'payment':{'method':'wallet'}}"
            .formatted(customer, sku, quantity));
  }

  private static void cancel(String order) throws Exception {
    call("order-service", "POST", "/orders/" + order + "/cancellation", "{}");
  }

  private static JsonNode call(String service, String method, String path, String body)
      throws Exception {
    var answer =
        send(
            HttpRequest.newBuilder(cluster.at(service, "http").resolve(path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Prefer", "wait=30")
                .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }

  private static JsonNode get(String service, String port, String path) throws Exception {
    return JSON.readTree(
        send(HttpRequest.newBuilder(cluster.at(service, port).resolve(path))).body());
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
  }
}
