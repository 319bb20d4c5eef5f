package dev.allsquare.console;

import dev.allsquare.console.Shown.Definition;
import dev.allsquare.console.Shown.Leg;
import dev.allsquare.console.Shown.Saga;
import dev.allsquare.console.Shown.Step;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A saga's table with where each step of one instance stands. */
final class Diagram {

  private Diagram() {}

  /** Steps that run at once. */
  record Column(String kind, List<Box> boxes) {}

  /**
   * A step.
   *
   * @param state for the style sheet
   * @param words for people
   */
  record Box(Step step, String state, String words) {}

  static List<Column> of(Definition definition, Saga saga) {
    return definition.groups().stream()
        .map(
            group ->
                new Column(
                    group.kind(), group.steps().stream().map(step -> box(step, saga)).toList()))
        .toList();
  }

  private static Box box(Step step, Saga saga) {
    var steps = saga.steps();
    var action = leg(steps == null ? null : steps.actions(), step);
    var undo = leg(steps == null ? null : steps.compensations(), step);
    return undo == null ? forward(step, action) : backward(step, undo);
  }

  private static @Nullable Leg leg(@Nullable Map<String, Leg> legs, Step step) {
    return legs == null ? null : legs.get(step.name());
  }

  private static Box forward(Step step, @Nullable Leg leg) {
    return switch (leg == null ? "IDLE" : leg.is()) {
      case "AWAITING" -> new Box(step, "waiting", "waiting for an answer");
      case "BACKING_OFF" -> new Box(step, "waiting", "failed, will be tried again");
      case "STUCK" -> new Box(step, "stuck", "stuck: " + why(leg));
      case "GIVEN_UP" -> new Box(step, "refused", "given up");
      case "FINISHED" -> finished(step, leg);
      default -> new Box(step, "tocome", "to come");
    };
  }

  private static Box finished(Step step, @Nullable Leg leg) {
    return leg != null && "DONE".equals(leg.verdict())
        ? new Box(step, "done", "done")
        : new Box(step, "refused", "refused");
  }

  private static Box backward(Step step, Leg leg) {
    return switch (leg.is()) {
      case "FINISHED" -> new Box(step, "compensated", "compensated");
      case "STUCK" -> new Box(step, "stuck", "compensation stuck: " + why(leg));
      default -> new Box(step, "waiting", "being compensated");
    };
  }

  private static String why(@Nullable Leg leg) {
    if (leg == null || leg.cause() == null) {
      return "unknown";
    }
    var words =
        switch (leg.cause()) {
          case "TIMED_OUT" -> "not answered in time";
          case "REFUSED" -> "refused";
          default -> "failed in every attempt";
        };
    return leg.reason() == null ? words : words + " (" + leg.reason() + ")";
  }
}
