package dev.allsquare.local.sagactl;

import tools.jackson.databind.JsonNode;

/** What a service says, fit for a terminal: one line, and nothing that moves the cursor. */
final class Text {

  private static final String NONE = "-";

  private Text() {}

  static String of(JsonNode node, String field) {
    var value = node.path(field);
    return value.isNull() || value.isMissingNode() ? NONE : clean(value.asString());
  }

  static boolean has(JsonNode node, String field) {
    return !of(node, field).equals(NONE);
  }

  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
  }
}
