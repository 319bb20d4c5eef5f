package dev.allsquare.saga;

import dev.allsquare.saga.Saga.Group;
import dev.allsquare.saga.Saga.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a saga's table must keep so that every instance of it can end. A table that breaks a rule is
 * refused when it is built, at start-up, with a sentence that names the step. (That a pivot or a
 * retriable step stands alone in its group is not checked: the table has no words for anything
 * else.)
 */
final class SagaRules {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,99}");

  private final String saga;

  private SagaRules(String saga) {
    this.saga = saga;
  }

  static <D> void check(String saga, int version, List<Group<D>> groups) {
    var rules = new SagaRules(saga);
    rules.require(version > 0, "its version must be at least 1");
    rules.require(!groups.isEmpty(), "it has no steps");
    rules.names(groups);
    groups.forEach(rules::group);
    rules.order(groups);
  }

  private <D> void names(List<Group<D>> groups) {
    var seen = new HashSet<String>();
    for (var group : groups) {
      require(!group.steps().isEmpty(), "one of its groups has no steps");
      for (var step : group.steps()) {
        require(NAME.matcher(step.name()).matches(), quoted(step) + " is no name for a step");
        require(seen.add(step.name()), "two steps are named " + quoted(step));
      }
    }
  }

  private <D> void group(Group<D> group) {
    for (var step : group.steps()) {
      positive(step, "timeout", step.timeout());
      require(step.timeout() != null, quoted(step) + " has no timeout");
      positive(step, "resend interval", step.resendEvery());
      var attempts = step.attempts();
      require(attempts == null || attempts > 0, quoted(step) + " must be tried at least once");
      switch (group.kind()) {
        case COMPENSATABLE -> compensatable(step);
        case PIVOT, RETRIABLE -> uncompensated(step, group.kind());
      }
    }
  }

  private void compensatable(Step<?> step) {
    boolean undone = step.compensation() != null;
    boolean excused = step.whyNoCompensation() != null;
    require(
        undone || excused,
        quoted(step)
            + " stands before the pivot and has neither a compensation nor a"
            + " noCompensation(\"why\")");
    require(!(undone && excused), quoted(step) + " has a compensation and says why it has none");
  }

  private void uncompensated(Step<?> step, Kind kind) {
    require(
        step.compensation() == null && step.whyNoCompensation() == null,
        quoted(step)
            + " is "
            + (kind == Kind.PIVOT ? "the pivot" : "retriable")
            + " and is never compensated: it must not say how or why not");
  }

  private <D> void order(List<Group<D>> groups) {
    @Nullable Step<D> pivot = null;
    for (var group : groups) {
      var step = group.steps().getFirst();
      switch (group.kind()) {
        case COMPENSATABLE ->
            require(pivot == null, quoted(step) + " is compensatable and stands after the pivot");
        case PIVOT -> {
          require(
              pivot == null,
              "it has two pivots, "
                  + (pivot == null ? "" : quoted(pivot))
                  + " and "
                  + quoted(step));
          pivot = step;
        }
        case RETRIABLE -> {}
      }
    }
    aroundThePivot(groups, pivot);
  }

  private <D> void aroundThePivot(List<Group<D>> groups, @Nullable Step<D> pivot) {
    for (var group : groups) {
      var step = group.steps().getFirst();
      if (step == pivot) {
        return;
      }
      require(
          pivot != null || group.kind() == Kind.RETRIABLE,
          quoted(step) + " is compensatable, but there is no pivot after it");
      require(
          pivot == null || group.kind() == Kind.COMPENSATABLE,
          quoted(step) + " is retriable and stands before the pivot");
    }
  }

  private void positive(Step<?> step, String what, @Nullable Duration duration) {
    require(
        duration == null || duration.isPositive(),
        "the " + what + " of " + quoted(step) + " must be longer than nothing");
  }

  private static String quoted(Step<?> step) {
    return "step \"" + step.name() + "\"";
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("Saga " + saga + ": " + otherwise + ".");
    }
  }
}
