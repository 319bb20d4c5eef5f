package dev.allsquare.local.sagactl;

import tools.jackson.databind.JsonNode;

/**
 * A step as the dialogue tests call it: {@code reserve}, {@code undo reserve}, {@code reserve #2}.
 *
 * @param attempt counts from 1
 */
record Step(String name, boolean undo, int attempt) {

  /** That of a line of the timeline. */
  static Step of(JsonNode moment) {
    return new Step(
        Text.of(moment, "step"),
        Text.of(moment, "direction").equals("COMPENSATION"),
        moment.path("attempt").asInt(1));
  }

  @Override
  public String toString() {
    return (undo ? "undo " : "") + name + (attempt > 1 ? " #" + attempt : "");
  }
}
