package dev.allsquare.operator;

import dev.allsquare.database.Failure;
import dev.allsquare.web.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Repairs one item after the other, each with its result in one transaction: whoever dies leaves
 * nothing half done, and another replica goes on.
 */
final class BulkWorker {

  private static final Logger LOG = LoggerFactory.getLogger(BulkWorker.class);

  /** Where nothing is due, a new job is noticed after this. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** Where another replica has what is due. */
  private static final Duration SHORTEST = Duration.ofMillis(10);

  private final BulkJobs jobs;
  private final List<Deeds> deeds;
  private final TransactionOperations transactions;

  /** What was refused; its transaction is rolled back. */
  private static final class Refused extends RuntimeException {

    private final BulkJob job;
    private final BulkItem item;

    Refused(BulkJob job, BulkItem item, RuntimeException why) {
      super(why);
      this.job = job;
      this.item = item;
    }
  }

  BulkWorker(BulkJobs jobs, List<Deeds> deeds, TransactionOperations transactions) {
    this.jobs = jobs;
    this.deeds = deeds;
    this.transactions = transactions;
  }

  /** Tries one item, if one is due, and says how long to rest. */
  Duration step() {
    try {
      var job = transactions.execute(_ -> jobs.claim().map(this::next).orElse(null));
      return job == null ? rest() : Duration.ZERO;
    } catch (Refused e) {
      transactions.executeWithoutResult(_ -> remember(e));
      return Duration.ZERO;
    }
  }

  private Duration rest() {
    var rest = jobs.rest(IDLE);
    return rest.compareTo(SHORTEST) < 0 ? SHORTEST : rest.compareTo(IDLE) > 0 ? IDLE : rest;
  }

  private BulkJob next(BulkJob job) {
    jobs.next(job.id()).ifPresentOrElse(item -> attempt(job, item), () -> jobs.end(job.id()));
    return job;
  }

  private void attempt(BulkJob job, BulkItem item) {
    try {
      deedsOf(job).perform(item, job);
    } catch (RuntimeException e) {
      if (!(e instanceof Problem) && Failure.of(e) != Failure.OWN) {
        throw e; // the database's: it may pass
      }
      throw new Refused(job, item, e);
    }
    jobs.result(job.id(), item, BulkItem.DONE, null);
  }

  private Deeds deedsOf(BulkJob job) {
    return deeds.stream()
        .filter(it -> it.know(job.action()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Nobody here knows " + job.action()));
  }

  private void remember(Refused refused) {
    var why = Objects.requireNonNull(refused.getCause());
    jobs.lock(refused.job.id());
    jobs.result(refused.job.id(), refused.item, typeOf(why), why.getMessage());
    LOG.debug("Item {} of job {} was refused", refused.item.position(), refused.job.id(), why);
  }

  private static String typeOf(@Nullable Throwable why) {
    return why instanceof Problem problem ? problem.type() : "failed";
  }
}
