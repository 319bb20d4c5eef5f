package dev.allsquare.local.sagactl;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has many repaired at once: first what would be done, then the job, followed to its end. */
final class Jobs {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final ManagementPort port;
  private final PrintStream out;

  Jobs(ManagementPort port, PrintStream out) {
    this.port = port;
    this.out = out;
  }

  void run(
      String path, Map<String, Object> body, Request request, Function<JsonNode, String> sample) {
    if (!request.words().isEmpty()) {
      throw new Failure(Failure.MISUNDERSTOOD, "Either one of them or --all.");
    }
    int count = dryRun(path, body, sample);
    if (count == 0 || !request.has("yes")) {
      out.println(count == 0 ? "There is nothing to do." : "Nothing was done yet: add --yes.");
      return;
    }
    var order = new HashMap<>(body);
    request.option("rate").ifPresent(_ -> order.put("ratePerSecond", request.number("rate", 10)));
    follow(path, port.post(path, order).path("job").path("id").asString());
  }

  private int dryRun(String path, Map<String, Object> body, Function<JsonNode, String> sample) {
    var order = new HashMap<>(body);
    order.put("dryRun", true);
    var found = port.post(path, order);
    int count = found.path("count").asInt();
    var more = found.path("more").asBoolean() ? ", and more than one job takes" : "";
    out.printf("%s of %d%s:%n", body.get("action"), count, more);
    found.path("sample").valueStream().map(sample).forEach(it -> out.println("  " + it));
    return count;
  }

  /**
   * Shows how far the job is until it ends.
   *
   * @throws Failure when some items were refused
   */
  void follow(String path, String id) {
    out.println("Job " + id);
    var job = look(path, id);
    while (job.path("endedAt").isNull() || job.path("endedAt").isMissingNode()) {
      rest();
      job = look(path, id);
    }
    int refused = job.path("refused").asInt();
    if (refused > 0) {
      refusals(path, id).forEach(it -> out.println("  " + it));
      throw new Failure(Failure.SOME_REFUSED, refused + " were refused, and are as they were.");
    }
  }

  private JsonNode look(String path, String id) {
    var job = port.get(path + "/" + id).path("job");
    out.printf(
        "  %d of %d done, %d refused%n",
        job.path("done").asInt(), job.path("items").asInt(), job.path("refused").asInt());
    return job;
  }

  private Stream<String> refusals(String path, String id) {
    return Stream.iterate(
            port.get(path + "/" + id),
            page -> !page.isEmpty(),
            page -> next(path, id, page.path("next").asString("")))
        .flatMap(page -> page.path("items").valueStream())
        .filter(item -> Text.has(item, "result") && !Text.of(item, "result").equals("DONE"))
        .map(
            item ->
                "%s: %s. %s"
                    .formatted(
                        Text.of(item, "subject"),
                        Text.of(item, "result"),
                        Text.of(item, "detail")));
  }

  private JsonNode next(String path, String id, String next) {
    return next.isEmpty()
        ? JsonMapper.shared().createObjectNode()
        : port.get(path + "/" + id + "?after=" + next);
  }

  private static void rest() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.REFUSED, "Interrupted; the job goes on, and job ID shows it.");
    }
  }
}
