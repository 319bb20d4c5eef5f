package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Alert rules, what tries them, and the dashboards. That the rules do as they say, promtool says.
 */
class SignalsTest {

  @Test
  void theOperatorGetsTheRulesThatAreTried() {
    assertThat(Rendered.production().object("PrometheusRule", "allsquare").at("/spec/groups"))
        .as("components/monitoring/rules.yaml repeats deploy/observability/rules.yml")
        .isEqualTo(Signals.rules().path("groups"));
  }

  @Test
  void everyAlertFiresInATestAndIsSilentInAnother() {
    var alerts =
        AlertPolicies.alerts(Rendered.production())
            .map(it -> it.path("alert").asText())
            .collect(Collectors.toSet());

    assertThat(alerts).hasSizeGreaterThan(10);
    assertThat(tried(it -> !it.path("exp_alerts").isEmpty())).isEqualTo(alerts);
    assertThat(tried(it -> it.path("exp_alerts").isEmpty())).isEqualTo(alerts);
  }

  private static Set<String> tried(Predicate<JsonNode> how) {
    return each(Signals.tests())
        .flatMap(it -> each(it.path("alert_rule_test")))
        .filter(how)
        .map(it -> it.path("alertname").asText())
        .collect(Collectors.toSet());
  }

  @Test
  void everyPanelSaysWhatItShowsAndAsksThePrometheusThatIsProvisioned() {
    String provisioned =
        Project.text("deploy/observability/grafana/provisioning/datasources/prometheus.yml");

    assertThat(Signals.dashboards())
        .hasSize(2)
        .flatExtracting(it -> each(it.path("panels")).toList())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            panel -> {
              assertThat(panel.path("description").asText()).isNotEmpty();
              assertThat(panel.path("targets")).isNotEmpty();
              assertThat(provisioned)
                  .contains("uid: " + panel.at("/datasource/uid").asText() + "\n");
            });
  }
}
