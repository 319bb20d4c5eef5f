package dev.allsquare.participant;

import org.springframework.dao.ConcurrencyFailureException;

/** Somebody else handled the same thing meanwhile: roll back, look again, answer as they did. */
final class LostRace extends ConcurrencyFailureException {

  private LostRace(String message) {
    super(message);
  }

  static void unlessEqual(int expected, int actual, String what) {
    if (expected != actual) {
      throw new LostRace(
          "%d of %d %s were written elsewhere".formatted(expected - actual, expected, what));
    }
  }
}
