package dev.allsquare.local.sagactl;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One saga, to be shown to others: what happened and when, and the shape of its data, but nothing
 * of people. Only what is known to be harmless is taken over.
 */
final class Bundle {

  static final String FORMAT = "allsquare-saga-bundle-1";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String REDACTED = "redacted";
  private static final List<String> PLAIN =
      List.of(
          "id",
          "type",
          "definition",
          "version",
          "state",
          "direction",
          "waitingFor",
          "waits",
          "createdAt",
          "updatedAt",
          "nextTimer");
  private static final Set<String> PLAIN_BELOW =
      Set.of(
          "at",
          "what",
          "step",
          "direction",
          "commandId",
          "attempt",
          "verdict",
          "is",
          "ids",
          "lookAt",
          "goneAt",
          "resends",
          "retryAt",
          "cause",
          "action");

  private Bundle() {}

  /**
   * What may leave the house.
   *
   * @param definitions the sagas as the service has them drawn
   */
  static JsonNode of(JsonNode saga, JsonNode definitions) {
    var told = NODES.objectNode();
    PLAIN.stream().filter(saga::has).forEach(field -> told.set(field, saga.get(field)));
    told.put("businessKey", REDACTED);
    for (var field : List.of("reason", "parked")) {
      if (Text.has(saga, field)) {
        told.put(field, Reason.harmless(saga.path(field).asString()));
      }
    }
    told.set("data", shape(saga.path("data")));
    told.set("steps", harmless("steps", saga.path("steps")));
    told.set("timeline", harmless("timeline", saga.path("timeline")));
    told.set("repairs", harmless("repairs", saga.path("repairs")));
    var bundle = JsonMapper.shared().createObjectNode().put("format", FORMAT);
    bundle.set("saga", told);
    bundle.set("definition", definition(saga, definitions));
    return bundle;
  }

  /** Everything but what it says: names of fields, and what kind of value each has. */
  private static JsonNode shape(JsonNode value) {
    if (value.isObject()) {
      var shape = NODES.objectNode();
      value.properties().forEach(it -> shape.set(it.getKey(), shape(it.getValue())));
      return shape;
    }
    if (value.isArray()) {
      var shape = NODES.arrayNode();
      value.valueStream().map(Bundle::shape).forEach(shape::add);
      return shape;
    }
    return value.isString()
        ? NODES.stringNode(REDACTED)
        : value.isNumber() ? NODES.numberNode(0) : value;
  }

  private static JsonNode harmless(String field, JsonNode value) {
    if (value.isObject()) {
      var told = NODES.objectNode();
      value.properties().forEach(it -> told.set(it.getKey(), harmless(it.getKey(), it.getValue())));
      return told;
    }
    if (value.isArray()) {
      var told = NODES.arrayNode();
      value.valueStream().map(it -> harmless(field, it)).forEach(told::add);
      return told;
    }
    boolean text = value.isString() && !PLAIN_BELOW.contains(field);
    return text ? NODES.stringNode(Reason.harmless(value.asString())) : value;
  }

  private static JsonNode definition(JsonNode saga, JsonNode definitions) {
    return definitions
        .path("items")
        .valueStream()
        .filter(it -> it.path("name").equals(saga.path("type")))
        .filter(it -> it.path("version").equals(saga.path("definition")))
        .findFirst()
        .orElse(NODES.nullNode());
  }
}
