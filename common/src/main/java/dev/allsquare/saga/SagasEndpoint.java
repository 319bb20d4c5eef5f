package dev.allsquare.saga;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Lets operators find sagas, and see what each went through and waits for. */
@Endpoint(id = "sagas")
final class SagasEndpoint {

  private static final int MOST = 100;

  /** The states a saga can be searched by. */
  enum State {
    RUNNING,
    COMPENSATING,
    COMPLETED,
    COMPENSATED,
    PARKED
  }

  /**
   * A page of sagas, newest first.
   *
   * @param next give it as {@code after} to get the next page; absent on the last one. A page that
   *     is not full and has a next one is as far as one call looks.
   */
  record Page(List<SagaSearch.Found> items, @Nullable UUID next) {}

  private final SagaSearch search;

  SagasEndpoint(SagaSearch search) {
    this.search = search;
  }

  /**
   * The sagas that are as asked.
   *
   * @param key the business key, such as an order id
   * @param age only sagas that started at least so long ago
   * @param step only sagas that wait for this step
   * @param reason a part of what turned them round or parked them
   */
  @ReadOperation
  Page list(
      @Nullable String type,
      @Nullable State state,
      @Nullable String key,
      @Nullable Duration age,
      @Nullable String step,
      @Nullable String reason,
      @Nullable Integer limit,
      @Nullable UUID after) {
    int size = limit == null ? MOST : Math.clamp(limit, 1, MOST);
    return search.page(state, new SagaFilter(type, key, age, step, reason), after, size);
  }

  @ReadOperation
  SagaSearch.@Nullable Story show(@Selector UUID id) {
    return search.story(id).orElse(null);
  }
}
