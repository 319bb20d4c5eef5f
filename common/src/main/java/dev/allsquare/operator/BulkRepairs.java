package dev.allsquare.operator;

import dev.allsquare.web.Problem;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Makes jobs and shows them; a dry run makes none. */
final class BulkRepairs {

  /** A job has no more items; whoever wants more makes another one. */
  static final int MOST = 10_000;

  private static final int SAMPLE = 10;
  private static final int SHOWN = 100;
  private static final int LATEST = 20;
  private static final int RATE = 10;
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * What would be repaired.
   *
   * @param count how many at once
   * @param more whether there are more than one job takes
   * @param sample some of them
   */
  record DryRun(boolean dryRun, int count, boolean more, List<?> sample) {}

  /**
   * A job with some of its items.
   *
   * @param next give it as {@code after} to see more; absent when there are none
   */
  record Shown(BulkJob job, List<BulkItem> items, @Nullable Integer next) {}

  record Jobs(List<BulkJob> items) {}

  /**
   * What is asked for.
   *
   * @param filter becomes part of the job
   * @param found what it means now, one more than a job takes if there are more
   */
  record Request<T>(
      String action,
      Object filter,
      Signature by,
      @Nullable Boolean dryRun,
      @Nullable Integer ratePerSecond,
      List<T> found) {}

  /** How an item is made of what was found. */
  interface Itemising<T> {
    BulkItem item(int position, T found);
  }

  private final BulkJobs jobs;
  private final TransactionOperations transactions;

  BulkRepairs(BulkJobs jobs, TransactionOperations transactions) {
    this.jobs = jobs;
    this.transactions = transactions;
  }

  /** 200 with what would be done, or 202 and where to look at what becomes of it. */
  <T> ResponseEntity<Object> make(Request<T> request, String path, Itemising<T> itemising) {
    var found = request.found().subList(0, Math.min(MOST, request.found().size()));
    if (Boolean.TRUE.equals(request.dryRun())) {
      boolean more = request.found().size() > MOST;
      var sample = found.subList(0, Math.min(SAMPLE, found.size()));
      return ResponseEntity.ok(new DryRun(true, found.size(), more, sample));
    }
    var id = create(request, found, itemising);
    return ResponseEntity.status(HttpStatus.ACCEPTED)
        .header(HttpHeaders.LOCATION, path + "/" + id)
        .body(show(id, 0));
  }

  private <T> UUID create(Request<T> request, List<T> found, Itemising<T> itemising) {
    var items =
        IntStream.range(0, found.size())
            .mapToObj(n -> itemising.item(n + 1, found.get(n)))
            .toList();
    int rate = request.ratePerSecond() == null ? RATE : request.ratePerSecond();
    var filter = JSON.writeValueAsString(request.filter());
    var id =
        transactions.execute(_ -> jobs.create(request.action(), filter, request.by(), rate, items));
    return Objects.requireNonNull(id);
  }

  Shown show(UUID id, @Nullable Integer after) {
    var job =
        jobs.find(id)
            .orElseThrow(
                () ->
                    new Problem(
                        HttpStatus.NOT_FOUND, "job-unknown", "There is no job " + id + "."));
    int start = after == null ? 0 : after;
    var items = jobs.items(id, start, SHOWN);
    int end = start + items.size();
    return new Shown(job, items, items.size() < SHOWN || end >= job.items() ? null : end);
  }

  Jobs latest(String action) {
    return new Jobs(jobs.latest(action, LATEST));
  }
}
