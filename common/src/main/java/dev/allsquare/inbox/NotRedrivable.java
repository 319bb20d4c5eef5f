package dev.allsquare.inbox;

/** A dead letter that cannot be made a message again. */
public final class NotRedrivable extends RuntimeException {

  NotRedrivable(String words) {
    super(words, null, false, false); // an answer, not a failure: nobody reads its stack
  }
}
