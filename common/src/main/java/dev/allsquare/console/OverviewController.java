package dev.allsquare.console;

import static java.util.stream.Collectors.toMap;

import dev.allsquare.console.Shown.Consistency;
import dev.allsquare.console.Shown.DeadLetters;
import dev.allsquare.console.Shown.Outbox;
import dev.allsquare.console.Shown.Statistics;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The whole system at a glance. However many look, the services are asked every other second. */
@RestController
final class OverviewController {

  private static final Duration FRESH = Duration.ofMillis(1900);
  private static final Duration CONSISTENCY_FRESH = Duration.ofSeconds(30);

  /**
   * What the overview says of one service.
   *
   * @param trouble why it says nothing
   */
  record Panel(
      String service,
      @Nullable Outbox outbox,
      @Nullable String deadLetters,
      @Nullable Consistency consistency,
      @Nullable String trouble) {}

  /** One minute of the chart. */
  record Bar(int x, long y, long height, long sagas) {}

  private final Pages pages;
  private final Services services;
  private final Remembered<Map<String, @Nullable Object>> overview;
  private final Map<String, Remembered<Answer<Consistency>>> consistency;

  OverviewController(Pages pages, Services services) {
    this.pages = pages;
    this.services = services;
    this.overview = new Remembered<>(FRESH, this::look);
    this.consistency =
        services.all().stream()
            .collect(
                toMap(
                    ManagementPort::service,
                    it ->
                        new Remembered<>(
                            CONSISTENCY_FRESH,
                            () -> it.get("consistency?days=1", Consistency.class))));
  }

  @GetMapping("/console")
  ResponseEntity<String> page(HttpServletRequest request) {
    return pages.page("overview", request, overview.get());
  }

  @GetMapping("/console/overview")
  ResponseEntity<String> live() {
    return pages.part("overview", overview.get());
  }

  private Map<String, @Nullable Object> look() {
    var statistics = services.own().get("sagas/statistics", Statistics.class).orNull();
    var panels = services.all().stream().map(this::panel).toList();
    var model = new HashMap<String, @Nullable Object>();
    model.put("panels", panels);
    model.put("square", square(panels));
    model.put("live", statistics == null ? List.of() : statistics.live());
    model.put("inFlight", count(statistics, false));
    model.put("parked", count(statistics, true));
    model.put("chart", chart(statistics));
    model.put("perMinute", lastFullMinute(statistics));
    return model;
  }

  private Panel panel(ManagementPort port) {
    var outbox = port.get("outbox", Outbox.class);
    if (outbox instanceof Answer.Silence<Outbox>(var why)) {
      return new Panel(port.service(), null, null, null, why);
    }
    var letters = port.get("deadletters?limit=100", DeadLetters.class).orNull();
    var count =
        letters == null ? "?" : letters.items().size() + (letters.next() == null ? "" : "+");
    var checked = Objects.requireNonNull(consistency.get(port.service())).get();
    return new Panel(port.service(), outbox.orNull(), count, checked.orNull(), outbox.trouble());
  }

  /** Yes, no, or that nobody can tell. */
  private static String square(List<Panel> panels) {
    if (panels.stream()
        .anyMatch(it -> it.consistency() != null && !it.consistency().consistent())) {
      return "no";
    }
    return panels.stream().allMatch(it -> it.consistency() != null) ? "yes" : "unknown";
  }

  private static long count(@Nullable Statistics statistics, boolean parked) {
    return statistics == null
        ? 0
        : statistics.live().stream()
            .filter(it -> it.state().equals("PARKED") == parked)
            .mapToLong(Shown.Live::sagas)
            .sum();
  }

  private static long lastFullMinute(@Nullable Statistics statistics) {
    var minutes = statistics == null ? List.<Long>of() : statistics.startedPerMinute();
    return minutes.size() < 2 ? 0 : minutes.get(minutes.size() - 2);
  }

  private static List<Bar> chart(@Nullable Statistics statistics) {
    var minutes = statistics == null ? List.<Long>of() : statistics.startedPerMinute();
    long most = minutes.isEmpty() ? 1 : Math.max(1, Collections.max(minutes));
    return IntStream.range(0, minutes.size())
        .mapToObj(
            n -> {
              long height = minutes.get(n) == 0 ? 0 : Math.max(2, minutes.get(n) * 100 / most);
              return new Bar(n * 10, 100 - height, height, minutes.get(n));
            })
        .toList();
  }

  /** A value that is looked up again when it is older than this. */
  private static final class Remembered<T> {

    private final Duration fresh;
    private final Supplier<T> look;
    private @Nullable T value;
    private long at;

    Remembered(Duration fresh, Supplier<T> look) {
      this.fresh = fresh;
      this.look = look;
    }

    synchronized T get() {
      var known = value;
      if (known == null || System.nanoTime() - at > fresh.toNanos()) {
        known = look.get();
        value = known;
        at = System.nanoTime();
      }
      return known;
    }
  }
}
