package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Whoever is woken is told what to do. */
final class AlertPolicies {

  private AlertPolicies() {}

  static Stream<JsonNode> alerts(Rendered all) {
    return all.kind("PrometheusRule")
        .flatMap(it -> each(it.at("/spec/groups")))
        .flatMap(it -> each(it.path("rules")));
  }

  static Stream<String> everyAlertHasARunbook(Rendered all) {
    String runbook = Project.text("deploy/observability/runbook.md");
    return alerts(all)
        .filter(
            it -> {
              String name = it.path("alert").asText();
              return !runbook.contains("\n### " + name + "\n")
                  || !it.at("/annotations/runbook")
                      .asText()
                      .endsWith("deploy/observability/runbook.md#" + name.toLowerCase(Locale.ROOT))
                  || it.at("/annotations/summary").asText().isEmpty()
                  || !Set.of("critical", "warning").contains(it.at("/labels/severity").asText());
            })
        .map(it -> it.path("alert").asText() + " wakes somebody and does not say why");
  }

  static Stream<String> everyServiceIsScraped(Rendered all) {
    return all.isLocal()
        ? Stream.empty()
        : all.kind("Service")
            .filter(it -> Project.SERVICES.contains(Rendered.name(it)))
            .filter(
                service ->
                    all.kind("ServiceMonitor")
                        .noneMatch(
                            monitor ->
                                Workload.selects(
                                        monitor.at("/spec/selector"),
                                        service.at("/metadata/labels"))
                                    && monitor
                                        .at("/spec/endpoints/0/port")
                                        .asText()
                                        .equals("management")
                                    && service
                                        .at("/spec/ports/1/name")
                                        .asText()
                                        .equals("management")
                                    && monitor
                                        .at("/spec/endpoints/0/path")
                                        .asText()
                                        .equals("/actuator/prometheus")))
            .map(it -> Rendered.name(it) + " is not scraped");
  }
}
