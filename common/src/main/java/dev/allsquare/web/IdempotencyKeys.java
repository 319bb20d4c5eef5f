package dev.allsquare.web;

import java.util.List;

/** The keys that were used, each committed with the effect of its request and kept seven days. */
public final class IdempotencyKeys {

  /**
   * A key about to be used for this resource.
   *
   * @param resource what a repeat will be answered with, such as the new order's id
   */
  public record Use(IdempotencyKey key, String resource) {}

  /** What became of a use, in the order given. */
  public sealed interface Claim {
    /** First use: go on. */
    record Fresh(String resource) implements Claim {}

    /** Used before for the same request: this is what it made. */
    record Repeat(String resource) implements Claim {}

    /** Used before for another request: answer 422. */
    record Mismatch() implements Claim {}
  }

  /**
   * Claims the keys in one statement, in the caller's transaction; of two equal keys in one batch
   * the first is fresh. Waits up to one second for another transaction that is using a key.
   *
   * @throws Problem 409 when that second passes; the transaction is then to be rolled back
   */
  public List<Claim> claim(List<Use> uses) {
    throw new UnsupportedOperationException("not yet: " + uses);
  }
}
