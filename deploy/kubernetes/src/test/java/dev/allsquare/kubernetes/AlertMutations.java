package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Policy.*;

import java.util.List;

/** Alarms without a bell. */
final class AlertMutations {

  private AlertMutations() {}

  static List<Mutation> all() {
    String rule = "/spec/groups/0/rules/0";
    return List.of(
        Mutation.of(
            EVERY_ALERT_HAS_A_RUNBOOK, "PrometheusRule", "allsquare", rule + "/alert", "Mystery"),
        Mutation.of(
            EVERY_ALERT_HAS_A_RUNBOOK,
            "PrometheusRule",
            "allsquare",
            rule + "/annotations/runbook",
            ""),
        Mutation.of(
            EVERY_SERVICE_IS_SCRAPED,
            "ServiceMonitor",
            "services",
            "/spec/endpoints/0/port",
            "http"),
        Mutation.of(
            EVERY_SERVICE_IS_SCRAPED,
            "Service",
            "order-service",
            "/metadata/labels/app.kubernetes.io~1component",
            ""),
        traced("no such object", "Instrumentation", "services", "/metadata/name", "x"),
        traced(
            "another container",
            "Deployment",
            "order-service",
            "/spec/template/metadata/annotations/instrumentation.opentelemetry.io~1container-names",
            "app"),
        traced(
            "a closed port",
            "Instrumentation",
            "services",
            "/spec/exporter/endpoint",
            "http://otel-collector.observability.svc:4317"),
        new Mutation(
            TRACES_FIND_THEIR_WAY,
            "no edge",
            Rendered::tracing,
            all -> all.remove("NetworkPolicy", it -> Rendered.name(it).equals("tracing"))));
  }

  private static Mutation traced(String what, String kind, String name, String path, String value) {
    return new Mutation(
        TRACES_FIND_THEIR_WAY,
        what,
        Rendered::tracing,
        all -> Mutation.set(all.object(kind, name), path, value));
  }
}
