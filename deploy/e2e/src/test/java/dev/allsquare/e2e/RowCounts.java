package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** How many rows every table of every service has now, to be compared with later. */
final class RowCounts {

  private final Scene scene;
  private final Map<String, Long> before;

  /** Counts once the system has come to rest. */
  RowCounts(Scene scene) {
    this.scene = scene;
    scene.books().balance();
    this.before = now();
  }

  void areWhatTheyWere() {
    Eventually.holds(
        Duration.ofSeconds(5),
        scene.books()::report,
        () -> assertThat(now()).as("rows per table").isEqualTo(before));
  }

  private Map<String, Long> now() {
    var counts = new TreeMap<String, Long>();
    Arrays.stream(Service.values())
        .forEach(
            service ->
                scene
                    .database(service)
                    .rowCounts()
                    .forEach((table, rows) -> counts.put(service + " " + table, rows)));
    return counts;
  }
}
