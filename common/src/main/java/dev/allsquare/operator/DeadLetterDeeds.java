package dev.allsquare.operator;

import dev.allsquare.inbox.DeadLetter;
import dev.allsquare.inbox.DeadLetterRepairs;
import dev.allsquare.inbox.NotRedrivable;
import dev.allsquare.web.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** Redrives and discards dead letters, one by one, audited; the audit keeps what they were. */
final class DeadLetterDeeds implements Deeds {

  private static final JsonMapper JSON = JsonMapper.shared();
  static final String PREFIX = "deadletter.";
  static final String REDRIVE = PREFIX + "redrive";
  static final String DISCARD = PREFIX + "discard";

  private final DeadLetterRepairs repairs;
  private final Audit audit;

  DeadLetterDeeds(DeadLetterRepairs repairs, Audit audit) {
    this.repairs = repairs;
    this.audit = audit;
  }

  @Override
  public boolean know(String action) {
    return action.startsWith(PREFIX);
  }

  @Override
  public void perform(BulkItem item, BulkJob job) {
    long seq = Long.parseLong(item.subject());
    var more = Map.of("job", job.id());
    if (job.action().equals(DISCARD)) {
      discard(seq, job, more);
    } else {
      redrive(seq, null, job, more);
    }
  }

  /**
   * Puts one back into its topic.
   *
   * @param payload what it says instead; absent when it stays
   * @throws Problem when there is none, or it never was a message; nothing is changed then
   */
  void redrive(
      long seq,
      @Nullable Map<String, @Nullable Object> payload,
      Signature by,
      Map<String, ?> more) {
    var text = payload == null ? null : JSON.writeValueAsString(payload);
    var detail = new HashMap<String, Object>(more);
    if (payload != null) {
      detail.put("payload", payload);
    }
    try {
      take(REDRIVE, seq, by, detail, () -> repairs.redrive(seq, text));
    } catch (NotRedrivable e) {
      throw new Problem(HttpStatus.CONFLICT, "not-redrivable", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Forgets one.
   *
   * @throws Problem when there is none
   */
  void discard(long seq, Signature by, Map<String, ?> more) {
    take(DISCARD, seq, by, new HashMap<>(more), () -> repairs.discard(seq));
  }

  private void take(
      String action,
      long seq,
      Signature by,
      Map<String, Object> detail,
      Supplier<Optional<DeadLetter>> deed) {
    audit.of(
        by,
        action,
        String.valueOf(seq),
        () -> {
          detail.put("deadLetter", deed.get().orElseThrow(() -> unknown(seq)));
          return detail;
        });
  }

  private static Problem unknown(long seq) {
    return new Problem(
        HttpStatus.NOT_FOUND,
        "dead-letter-unknown",
        "There is no dead letter %d, or not any more.".formatted(seq));
  }
}
