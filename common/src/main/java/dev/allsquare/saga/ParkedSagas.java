package dev.allsquare.saga;

import java.util.List;
import java.util.UUID;

/** Finds the parked sagas that an operator means to repair. */
public final class ParkedSagas {

  /**
   * One of them.
   *
   * @param version counts its changes; a repair names the one it was decided on
   * @param parked why it is parked
   */
  public record Parked(UUID id, int version, String type, String businessKey, String parked) {}

  private final SagaSearch search;

  ParkedSagas(SagaSearch search) {
    this.search = search;
  }

  /** Those that are as asked, the oldest first. */
  public List<Parked> find(SagaFilter filter, int atMost) {
    return search.parked(filter, atMost);
  }
}
