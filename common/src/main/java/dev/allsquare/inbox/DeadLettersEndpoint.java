package dev.allsquare.inbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Lets operators read the dead letters. */
@Endpoint(id = "deadletters")
final class DeadLettersEndpoint {

  private static final int MOST = 100;

  private final DeadLetterRows rows;

  DeadLettersEndpoint(DeadLetterRows rows) {
    this.rows = rows;
  }

  /**
   * A page of dead letters, newest first.
   *
   * @param next give it as {@code before} to get the next page; absent on the last one
   */
  record Page(List<DeadLetter> items, @Nullable Long next) {}

  @ReadOperation
  Page list(@Nullable String topic, @Nullable Long before, @Nullable Integer limit) {
    int size = limit == null ? MOST : Math.clamp(limit, 1, MOST);
    var items = rows.page(topic, before == null ? Long.MAX_VALUE : before, size);
    return new Page(items, items.size() < size ? null : items.getLast().seq());
  }

  @ReadOperation
  @Nullable DeadLetter show(@Selector long seq) {
    return rows.find(seq).orElse(null);
  }
}
