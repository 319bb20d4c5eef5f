package dev.allsquare.operator;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of many that are repaired at once.
 *
 * @param position counts from 1
 * @param subject such as the saga's id
 * @param version as it was when the job was made
 * @param result absent until it was tried: DONE, or the problem's type
 * @param detail what the problem said
 */
record BulkItem(
    int position,
    String subject,
    @Nullable Integer version,
    @Nullable String result,
    @Nullable String detail,
    @Nullable Instant at) {

  static final String DONE = "DONE";

  static BulkItem fresh(int position, String subject, @Nullable Integer version) {
    return new BulkItem(position, subject, version, null, null, null);
  }

  int expectedVersion() {
    return Objects.requireNonNull(version);
  }
}
