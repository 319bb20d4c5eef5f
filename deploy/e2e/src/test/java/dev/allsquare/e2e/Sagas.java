package dev.allsquare.e2e;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The sagas of an order, as order-service's Actuator endpoint shows them. */
record Sagas(RunningSystem system) {

  /** The newest first. */
  List<JsonNode> of(String orderId) {
    return Http.get(system.management(Service.ORDER, 0).resolve("sagas?key=" + orderId))
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  /** The steps whose replies the order's newest saga awaits. */
  List<String> waitingFor(String orderId) {
    return of(orderId).getFirst().path("waitingFor").valueStream().map(JsonNode::asString).toList();
  }

  /** Repairs a saga as an operator who saw it like this. */
  Answer repair(JsonNode seen, String repair) {
    return Http.post(
        system
            .management(Service.ORDER, 0)
            .resolve("sagas/" + seen.path("id").asString() + "/" + repair),
        """
        {"actor": "ann", "reason": "payment-service is mended", "version": %d}
        """
            .formatted(seen.path("version").asInt()));
  }

  String timelines(String orderId) {
    var timelines = new StringBuilder();
    for (var saga : of(orderId)) {
      var uri = system.management(Service.ORDER, 0).resolve("sagas/" + saga.path("id").asString());
      timelines.append('\n').append(Http.get(uri).json().toPrettyString());
    }
    return timelines.toString();
  }
}
