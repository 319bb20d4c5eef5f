package dev.allsquare.console;

import dev.allsquare.console.Shown.Moment;
import dev.allsquare.console.Shown.Saga;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/** When each command was on its way, as bars: width 1000 is the saga's whole time. */
record Gantt(List<Bar> bars, int height, String length) {

  private static final int WIDTH = 1000;
  private static final int ROW = 34;

  /**
   * One command, from when it was written until its last answer.
   *
   * @param state for the style sheet
   */
  record Bar(String label, long x, long width, int y, String state) {}

  private record Span(Instant from, Instant to, String state) {}

  static Gantt of(Saga saga) {
    var timeline = Objects.requireNonNullElse(saga.timeline(), List.<Moment>of());
    var start = timeline.isEmpty() ? saga.createdAt() : timeline.getFirst().at();
    var end = timeline.isEmpty() ? saga.updatedAt() : timeline.getLast().at();
    var millis = Math.max(1, Duration.between(start, end).toMillis());
    var bars = new ArrayList<Bar>();
    spans(timeline, end)
        .forEach(
            (label, span) -> {
              long x = Duration.between(start, span.from()).toMillis() * WIDTH / millis;
              long w = Duration.between(span.from(), span.to()).toMillis() * WIDTH / millis;
              long width = Math.max(6, w);
              bars.add(
                  new Bar(
                      label, Math.min(x, WIDTH - width), width, bars.size() * ROW, span.state()));
            });
    return new Gantt(bars, Math.max(ROW, bars.size() * ROW), millis + " ms");
  }

  private static LinkedHashMap<String, Span> spans(List<Moment> timeline, Instant end) {
    var spans = new LinkedHashMap<String, Span>();
    for (var moment : timeline) {
      if (moment.step() != null) {
        var label = "COMPENSATION".equals(moment.direction()) ? "undo " : "";
        spans.merge(label + moment.step(), begun(moment, end), (old, _) -> grown(old, moment, end));
      }
    }
    return spans;
  }

  private static Span begun(Moment moment, Instant end) {
    return new Span(moment.at(), end, "waiting");
  }

  private static Span grown(Span span, Moment moment, Instant end) {
    return switch (moment.what()) {
      case "REPLIED", "REPLIED_LATE" ->
          new Span(span.from(), moment.at(), "DONE".equals(moment.verdict()) ? "done" : "refused");
      case "TIMED_OUT" -> new Span(span.from(), moment.at(), "stuck");
      case "COMMANDED", "RESENT" -> new Span(span.from(), end, "waiting");
      default -> span;
    };
  }
}
