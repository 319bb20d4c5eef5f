package dev.allsquare.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.allsquare.order.domain.OrderHistory;
import dev.allsquare.order.domain.OrderHistory.Entry;
import dev.allsquare.order.domain.OrderStatus;
import dev.allsquare.order.domain.Reason;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * An order's status changes as Server-Sent Events. Every event is read from the history, so that
 * any replica can take up where another left off; the watch only says when to look.
 *
 * <p>Each stream has a virtual thread of its own, which may block.
 */
@RestController
class OrderEventsController {

  /** What one event tells. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StatusView(
      UUID orderId, OrderStatus status, @Nullable Reason reason, long version, Instant at) {}

  private static final Logger log = LoggerFactory.getLogger(OrderEventsController.class);
  private static final Pattern VERSION = Pattern.compile("\\d{1,18}");

  private final OrderHistory history;
  private final OrderWatch watches;
  private final JsonMapper json;
  private final Duration heartbeat;

  OrderEventsController(
      OrderHistory history, OrderWatch watches, JsonMapper json, WatchProperties properties) {
    this.history = history;
    this.watches = watches;
    this.json = json;
    this.heartbeat = properties.heartbeat();
  }

  @GetMapping("/orders/{id}/events")
  void stream(
      @PathVariable UUID id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      HttpServletResponse response) {
    try (var watch = watches.watch(id)) {
      var all = history.after(id, 0);
      if (all.isEmpty()) {
        throw OrderController.unknown(id);
      }
      long seen = version(lastEventId, all);
      if (ended(all) && seen == all.getLast().version()) {
        response.setStatus(HttpStatus.NO_CONTENT.value());
      } else {
        open(response);
        stream(id, seen, watch, response);
      }
    } catch (IOException e) {
      log.debug("a client left the events of order {}: {}", id, e.toString());
    }
  }

  private void stream(UUID id, long after, OrderWatch.Watch watch, HttpServletResponse response)
      throws IOException {
    var entries = history.after(id, after);
    write(id, entries, response);
    long seen = after;
    while (!ended(entries) && watch.goesOn()) {
      seen = entries.isEmpty() ? seen : entries.getLast().version();
      if (!watch.newerThan(seen, heartbeat)) {
        write(": waiting\n\n", response);
      }
      entries = history.after(id, seen);
      write(id, entries, response);
    }
  }

  private void write(UUID id, List<Entry> entries, HttpServletResponse response)
      throws IOException {
    var events = new StringBuilder();
    for (var entry : entries) {
      var view = new StatusView(id, entry.status(), entry.reason(), entry.version(), entry.at());
      events.append("id: ").append(entry.version());
      events.append("\ndata: ").append(json.writeValueAsString(view)).append("\n\n");
    }
    write(events.toString(), response);
  }

  private static void write(String text, HttpServletResponse response) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }

  /** Nothing follows a settled status, unless a cancellation does: then it is not the newest. */
  private static boolean ended(List<Entry> entries) {
    return !entries.isEmpty() && entries.getLast().status().settled();
  }

  private static void open(HttpServletResponse response) {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
  }

  /** What is no version of this order is as good as none: the stream begins at the beginning. */
  private static long version(@Nullable String lastEventId, List<Entry> all) {
    if (lastEventId == null || !VERSION.matcher(lastEventId).matches()) {
      return 0;
    }
    long version = Long.parseLong(lastEventId);
    return version <= all.getLast().version() ? version : 0;
  }
}
