package dev.allsquare.saga;

import java.time.Duration;

/**
 * How patient sagas are, where a step does not say.
 *
 * @param resend an unanswered command is sent again after this time, then after twice as long, …
 * @param longestResend … up to this
 * @param attempts how often a step that fails is tried in all
 * @param retry how long after the first failure the second attempt starts; the next ones wait twice
 *     as long each, …
 * @param longestRetry … up to this
 */
record Pacing(
    Duration resend, Duration longestResend, int attempts, Duration retry, Duration longestRetry) {

  int attempts(Step<?> step) {
    var own = step.attempts();
    return own == null ? attempts : own;
  }

  Duration resendAfter(Step<?> step, int resends) {
    var own = step.resendEvery();
    return doubled(own == null ? resend : own, resends, longestResend);
  }

  /** A command that has waited in the outbox so long will probably do so for as long again. */
  Duration lookAgainAfter(Duration first, Duration waited) {
    var next = waited.compareTo(longestResend) < 0 ? waited : longestResend;
    return next.compareTo(first) < 0 ? first : next;
  }

  Duration retryAfter(int failures) {
    return doubled(retry, failures - 1, longestRetry);
  }

  /** Never shorter than the first, even where the cap is. */
  private static Duration doubled(Duration first, int times, Duration cap) {
    var wait = first;
    for (int i = 0; i < times && wait.compareTo(cap) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(cap) > 0 && first.compareTo(cap) < 0 ? cap : wait;
  }
}
