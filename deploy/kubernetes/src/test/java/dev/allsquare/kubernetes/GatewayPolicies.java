package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;
import static dev.allsquare.kubernetes.Rendered.name;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** What the world reaches. */
final class GatewayPolicies {

  private GatewayPolicies() {}

  /** Public is what the gateway routes, and it routes to no management port. */
  static Stream<String> onlyTheRestIsPublic(Rendered all) {
    return Stream.of(
            all.kind("Service")
                .filter(it -> !it.at("/spec/type").asText("ClusterIP").equals("ClusterIP"))
                .map(it -> "Service " + name(it) + " is open to the world"),
            all.kind("HTTPRoute")
                .flatMap(it -> each(it.at("/spec/rules")))
                .flatMap(it -> each(it.path("backendRefs")))
                .filter(it -> !isHttp(all, it))
                .map(it -> "the gateway leads to " + it),
            all.kind("HTTPRoute")
                .flatMap(it -> it.findValues("path").stream())
                .map(it -> it.path("value").asText())
                .filter(it -> !it.matches("/[a-z]+"))
                .map(it -> "the gateway leads to what services tell each other: " + it))
        .flatMap(it -> it);
  }

  private static boolean isHttp(Rendered all, JsonNode backend) {
    return all.has("Service", backend.path("name").asText())
        && each(all.object("Service", backend.path("name").asText()).at("/spec/ports"))
            .anyMatch(
                it ->
                    it.path("name").asText().equals("http")
                        && it.path("port").equals(backend.path("port")));
  }

  static Stream<String> allOfTheRestIsPublic(Rendered all) {
    return all.isLocal()
        ? Stream.empty()
        : Project.SERVICES.stream()
            .filter(service -> all.kind("HTTPRoute").noneMatch(it -> leads(all, it, service)))
            .map(it -> "no gateway leads to " + it);
  }

  private static boolean leads(Rendered all, JsonNode route, String service) {
    return each(route.at("/spec/rules/0/backendRefs"))
            .anyMatch(it -> it.path("name").asText().equals(service))
        && each(route.at("/spec/parentRefs"))
            .allMatch(
                parent ->
                    all.has("Gateway", parent.path("name").asText())
                        && each(all.object("Gateway", parent.path("name").asText())
                                .at("/spec/listeners"))
                            .anyMatch(it -> it.path("name").equals(parent.path("sectionName"))));
  }
}
