package dev.allsquare.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the dead letters that an operator means to deal with. */
public final class DeadLetterSelection {

  /** One of them. */
  public record Selected(long seq, String topic, String cause, String why, Instant at) {}

  private final DeadLetterRows rows;

  DeadLetterSelection(DeadLetterRows rows) {
    this.rows = rows;
  }

  /**
   * Those that are as asked, the oldest first; what is absent is whatever it may be.
   *
   * @param why a part of what it says
   */
  public List<Selected> find(
      @Nullable String topic,
      @Nullable String cause,
      @Nullable Duration olderThan,
      @Nullable String why,
      int atMost) {
    return rows.select(topic, cause, olderThan, why, atMost);
  }
}
