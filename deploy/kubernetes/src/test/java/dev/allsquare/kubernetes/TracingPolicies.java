package dev.allsquare.kubernetes;

import java.net.URI;
import java.util.stream.Stream;

/** The operator puts its agent into our pods by what their annotations say. */
final class TracingPolicies {

  private static final String PREFIX = "instrumentation.opentelemetry.io/";

  private TracingPolicies() {}

  static Stream<String> tracesFindTheirWay(Rendered all) {
    return !all.overlay().equals("tracing")
        ? Stream.empty()
        : all.services()
            .filter(it -> !isTraced(all, it) || !reachesTheCollector(all, it))
            .map(it -> it.name() + " is not traced");
  }

  private static boolean isTraced(Rendered all, Workload service) {
    var annotations = service.object().at("/spec/template/metadata/annotations");
    String container = annotations.path(PREFIX + "container-names").asText();
    return service.main().path("name").asText().equals(container)
        && all.has("Instrumentation", annotations.path(PREFIX + "inject-java").asText());
  }

  private static boolean reachesTheCollector(Rendered all, Workload service) {
    return all.kind("Instrumentation")
        .map(it -> URI.create(it.at("/spec/exporter/endpoint").asText()))
        .allMatch(
            it ->
                it.getHost().contains(".observability.")
                    && Edges.of(all)
                        .contains(service.name() + " -> trace collector:" + it.getPort()));
  }
}
