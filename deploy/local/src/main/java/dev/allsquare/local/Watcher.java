package dev.allsquare.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notices which parts have gone since the last look, and why. */
final class Watcher {

  private enum Seen {
    RUNNING,
    STOPPED,
    CRASHED
  }

  private final Plan plan;
  private final Map<String, Seen> seen = new HashMap<>();
  private boolean crash;

  Watcher(Plan plan) {
    this.plan = plan;
  }

  /** What there is to tell since the last look. */
  List<String> look() {
    var news = new ArrayList<String>();
    for (var part : plan.parts()) {
      var now = state(part);
      var before = seen.put(part.name(), now);
      if (before != null && before != now) {
        news.add(news(part, now));
      }
    }
    return news;
  }

  boolean sawCrash() {
    return crash;
  }

  /** A command that ends a part removes its pid file; a crash leaves it. */
  private Seen state(Part part) {
    var pidFile = plan.pidFile(part.name());
    if (pidFile.alive().isPresent()) {
      return Seen.RUNNING;
    }
    return pidFile.exists() ? Seen.CRASHED : Seen.STOPPED;
  }

  private String news(Part part, Seen now) {
    return switch (now) {
      case RUNNING -> part.name() + " was started again.";
      case STOPPED ->
          part.name() + " was stopped. deploy/local/start " + part.name() + " brings it back.";
      case CRASHED -> {
        crash = true;
        yield """
        %s has crashed. deploy/local/start %s brings it back. The end of its log, %s:
        %s"""
            .formatted(
                part.name(), part.name(), plan.log(part.name()), LogTail.of(plan.log(part.name())));
      }
    };
  }
}
